import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../src/probe/command.js';

const never = new AbortController().signal;

/** Whether a process runs; one that has ended but was not waited for does not. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

describe('runCommand', () => {
  it('returns the exit status and what was written', async () => {
    const output: string[] = [];
    const result = await runCommand(['sh', '-c', 'echo out; echo err >&2; exit 3'], never, (text) => {
      output.push(text);
    });
    expect(result).toEqual({ exitCode: 3, trouble: undefined, stdout: 'out\n' });
    expect(output.sort()).toEqual(['err\n', 'out\n']);
  });

  it('says why a command could not be started', async () => {
    const result = await runCommand(['/no/such/program'], never, () => undefined);
    expect(result).toEqual({ exitCode: null, trouble: 'spawn /no/such/program ENOENT', stdout: '' });
  });

  it('ends a command together with all that it started', async () => {
    const end = new AbortController();
    let child = 0;
    const result = await runCommand(['sh', '-c', 'sleep 60 & echo $!; wait'], end.signal, (text) => {
      child = Number(text);
      end.abort();
    });
    expect(result).toMatchObject({ exitCode: null, trouble: 'ended by SIGTERM' });
    await expect.poll(() => isAlive(child)).toBe(false);
  });

  it('does not wait for what a command left behind', async () => {
    const result = await runCommand(['sh', '-c', 'sleep 60 & echo $!'], never, () => undefined);
    const left = Number(result.stdout);
    expect(isAlive(left)).toBe(true);
    process.kill(left);
    expect(result.exitCode).toBe(0);
  });
});
