import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { useLab } from '../check/lab.js';

const { run } = useLab();

/** What bash offers for the last of these words. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await run('completion', 'bash');
  const script = `${stdout}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_zero_downtime
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', script, 'bash', 'zero-downtime', ...words], {
    encoding: 'utf8',
  });
  return output.split('\n').filter((word) => word !== '');
}

describe('completion in bash', () => {
  it.each([
    ['commands', ['ch'], ['check']],
    ['options', ['check', 'dist/', '--sev'], ['--severity']],
    ['values that can be listed', ['check', '--severity', ''], ['error', 'warning', 'info']],
    ['rules', ['rules', 'pre-stop-m'], ['pre-stop-missing']],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
  ])('offers %s', async (_, words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it.each([[['check', '']], [['check', '--json', '']], [['check', '--severity', 'error', 'di']]])(
    'leaves files to the shell: %j',
    async (words) => {
      expect(await offered(...words)).toEqual([]);
    },
  );
});

describe.each(['zsh', 'fish'])('completion in %s', (shell) => {
  it('has every command and option of the help', async () => {
    const { stdout: script } = await run('completion', shell);
    for (const command of ['probe', 'check', 'rules']) {
      const { stdout: help } = await run(command, '--help');
      const names = [...help.matchAll(/^ {2}(?:-h, )?--([\w-]+)/gm)].map(([, name]) => name);
      expect(names).toContain('help');
      expect(names.filter((name) => !script.includes(name))).toEqual([]);
    }
  });
});
