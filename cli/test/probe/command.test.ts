import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, runQuery, type RunningCommand } from '../../src/probe/command.js';

const never = new AbortController().signal;
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'command-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether a process runs; one that has ended but was not waited for does not. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

const shell = (script: string) => ['sh', '-c', script];
/** A command of the shell that waits for a file. */
const until = (path: string) => `until [ -e ${path} ]; do sleep 0.05; done`;
const patient = { timeout: 30_000 };

describe('runCommand', () => {
  it('returns the exit status, and passes on what was written in its order', async () => {
    let output = '';
    const result = await runCommand(
      shell('echo out; echo err >&2; echo end; exit 3'),
      (text) => void (output += text),
      () => undefined,
    );
    expect({ result, output }).toEqual({ result: { exitCode: 3 }, output: 'out\nerr\nend\n' });
  });

  it.each([
    ['is not there', ['/no/such/program'], '/no/such/program cannot be started (ENOENT)'],
    ['is a variable', ['TOKEN=secret', 'true'], 'TOKEN=*** cannot be started (ENOENT)'],
    ['has no name', [''], ' cannot be started (ERR_INVALID_ARG_VALUE)'],
    ['gets what no program can get', ['true', 'secret\0'], 'true cannot be started (ERR_INVALID_ARG_VALUE)'],
    ['gets too much', ['true', 'x'.repeat(4_000_000)], 'true cannot be started (E2BIG)'],
  ])('says why a program cannot be started that %s', async (_why, command, trouble) => {
    const result = await runCommand(
      command,
      () => undefined,
      () => expect.unreachable(),
    );
    expect(result).toEqual({ exitCode: null, trouble });
  });

  it('sends a signal to all that the command started', async () => {
    let child = 0;
    let running: RunningCommand | undefined;
    const result = await runCommand(
      shell('sleep 60 & echo $!; wait'),
      (text) => {
        child = Number(text);
        running?.kill('SIGTERM');
      },
      (started) => (running = started),
    );
    expect(result).toEqual({ exitCode: null, trouble: 'ended by SIGTERM' });
    await expect.poll(() => isAlive(child), patient).toBe(false);
  });

  it('leaves a command running, which may go on writing', async () => {
    const [go, done] = [join(folder, 'go-left'), join(folder, 'left')];
    let running: RunningCommand | undefined;
    const result = await runCommand(
      shell(`echo at work; ${until(go)}; echo more && echo more && touch ${done}`),
      () => running?.leave(),
      (started) => (running = started),
    );
    expect(result).toBeUndefined();
    expect(isAlive(running?.pid ?? 0)).toBe(true);
    writeFileSync(go, '');
    await expect.poll(() => existsSync(done), patient).toBe(true);
  });

  it('does not wait for what a command left behind, which may go on writing', async () => {
    const [go, done] = [join(folder, 'go-behind'), join(folder, 'behind')];
    const result = await runCommand(
      shell(`{ ${until(go)}; echo more && echo more && touch ${done}; } &`),
      () => undefined,
      () => undefined,
    );
    expect(result).toEqual({ exitCode: 0 });
    expect(existsSync(done)).toBe(false);
    writeFileSync(go, '');
    await expect.poll(() => existsSync(done), patient).toBe(true);
  });

  it('reads no more than is taken', async () => {
    let [letters, pieces] = [0, 0];
    let running: RunningCommand | undefined;
    const result = await runCommand(
      ['yes'],
      (text) => {
        letters += text.length;
        if (++pieces === 3) {
          setTimeout(() => running?.kill('SIGKILL'), 300);
        }
        return pieces < 3 ? undefined : new Promise(() => undefined);
      },
      (started) => (running = started),
    );
    expect(result).toMatchObject({ trouble: 'ended by SIGKILL' });
    // What is in the pipes at the end, and no more.
    expect(letters).toBeLessThan(10_000_000);
  });

  it('waits for a command that closed its output', async () => {
    const result = await runCommand(
      shell('exec >&- 2>&-; sleep 0.2; exit 4'),
      () => undefined,
      () => undefined,
    );
    expect(result).toEqual({ exitCode: 4 });
  });
});

describe('runQuery', () => {
  it('returns the exit status', async () => {
    let output = '';
    const result = await runQuery(shell('echo out; exit 3'), never, (text) => void (output += text));
    expect({ result, output }).toEqual({ result: { exitCode: 3 }, output: 'out\n' });
  });

  it('says why a program cannot be started', async () => {
    const result = await runQuery(['/no/such/program'], never, () => undefined);
    expect(result).toEqual({ exitCode: null, trouble: '/no/such/program cannot be started (ENOENT)' });
  });

  it('ends with all that was started, also what ignores signals', async () => {
    const end = new AbortController();
    let child = 0;
    const script = 'trap "" TERM INT HUP; sleep 60 & echo $!; wait';
    const result = await runQuery(shell(script), end.signal, (text) => {
      child = Number(text);
      end.abort();
    });
    expect(result).toEqual({ exitCode: null, trouble: 'ended by SIGKILL' });
    await expect.poll(() => isAlive(child), patient).toBe(false);
  });
});
