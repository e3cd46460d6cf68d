import { execFileSync } from 'node:child_process';
import { chmodSync, createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCli, startScript, type Started } from '../processes.js';
import { ruleManifest } from './lab.js';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'children-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'web.yaml'), ruleManifest('state/recreate.fail'));
  execFileSync('mkfifo', [join(folder, 'alive')]);
  env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that never ends, ignores signals, and has started another one, such as a login plugin. */
function install(name: string, works = 'wait\nsleep 600'): void {
  const ignored = 'INT TERM HUP QUIT';
  script(
    name,
    `trap '' ${ignored}\nexec 9> ${join(folder, 'alive')}\nsleep 600 &\necho started >&9\n${works}`,
  );
}

function script(name: string, text: string): void {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

/** Starts something that runs the program, and does something when it runs. */
async function whenItRuns(start: () => Started, work: (started: Started) => void) {
  const alive = createReadStream(join(folder, 'alive'));
  const started = start();
  alive.once('data', () => work(started));
  // It ends when nobody has the other end open any more.
  const allEnded = text(alive);
  const exit = await started.exit;
  await allEnded;
  return exit;
}

const check = (against: string) => () =>
  startCli(['check', 'web.yaml', '--against', against], { cwd: folder, env });

describe('check and all that it started end', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)('at %s, while kubectl runs', async (name) => {
    install('kubectl');
    const { signal, stdout, stderr } = await whenItRuns(check('live'), ({ child }) => child.kill(name));
    expect({ signal, stdout, stderr }).toEqual({ signal: name, stdout: '', stderr: '' });
  });

  it('at SIGTERM, while git runs', async () => {
    install('git');
    const { signal } = await whenItRuns(check('git:main:'), ({ child }) => child.kill('SIGTERM'));
    expect(signal).toBe('SIGTERM');
  });

  it.each([
    ['throw new Error("a fault of ours")', 1],
    ['process.exit(3)', 3],
  ])('at %s', async (fault, status) => {
    install('kubectl');
    const start = () =>
      startScript(
        (built) => `import { run } from ${built('check/child.js')};
          process.once('SIGUSR2', () => { ${fault} });
          void run('kubectl', [], { env: process.env, timeoutMs: 600_000, maxBytes: 1000 });`,
        { cwd: folder, env },
      );
    expect((await whenItRuns(start, ({ child }) => child.kill('SIGUSR2'))).status).toBe(status);
  });

  it.each([
    ['takes too long', { timeoutMs: 3000, maxBytes: 1000 }, 'ETIMEDOUT', undefined],
    ['writes too much', { timeoutMs: 600_000, maxBytes: 100_000 }, 'ENOBUFS', 'yes'],
  ])('when it %s', async (_what, limits, code, works) => {
    install('kubectl', works);
    const start = () =>
      startScript(
        (built) => `import { run } from ${built('check/child.js')};
          await run('kubectl', [], { env: process.env, ...${JSON.stringify(limits)} })
            .catch(({ code }) => console.log(code));`,
        { cwd: folder, env },
      );
    expect(await whenItRuns(start, () => undefined)).toMatchObject({ status: 0, stdout: `${code}\n` });
  });
});

it('what a program leaves behind does not hold up the check', async () => {
  execFileSync('mkfifo', [join(folder, 'go')]);
  // Such as the browser of a login plugin, which has the plugin's standard error.
  script('kubectl', 'read -r line < go &\necho answer\necho warning >&2\nexit 3');
  const { exit } = startScript(
    (built) => `import { run } from ${built('check/child.js')};
      const { stdout, stderr, status } = await run('kubectl', [], {
        env: process.env, timeoutMs: 600_000, maxBytes: 1000,
      });
      console.log(stdout + stderr + status);`,
    { cwd: folder, env },
  );
  expect(await exit).toMatchObject({ status: 0, stdout: 'answer\nwarning\n3\n' });
  writeFileSync(join(folder, 'go'), '\n');
});
