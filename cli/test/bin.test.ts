import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProbeResult } from '../src/index.js';
import { freePort, startFaultyServer, type FaultyServer } from './faulty-server.js';

const cli = fileURLToPath(new URL('..', import.meta.url));
const fast = ['--duration', '500ms', '--rate', '100', '--connections', '2', '--timeout', '300ms'];
let folder: string;
let server: FaultyServer;
/** The faults of the requests from a moment on. */
let fault = 'ok';

beforeAll(() => {
  execFileSync(process.execPath, [createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', cli]);
}, 60_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
  fault = 'ok';
  server = await startFaultyServer(() => fault);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command; `onStderr` sees what it writes meanwhile. */
function run(args: readonly string[], onStderr?: (text: string, child: ReturnType<typeof spawn>) => void) {
  return new Promise<Ended>((resolve) => {
    const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
    const child = spawn(process.execPath, [join(cli, 'bin/zero-downtime.js'), ...args], { cwd: folder, env });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
      onStderr?.(data.toString(), child);
    });
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

function readJson(): ProbeResult {
  return JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as ProbeResult;
}

describe('zero-downtime', () => {
  it('has help', async () => {
    expect(await run(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Commands:\n  probe'),
    });
    const help = await run(['probe', '--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: zero-downtime probe URL \[OPTIONS\] \[-- COMMAND\.\.\.\]\n/);
  });

  it('refuses what it does not know', async () => {
    expect(await run(['prob'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'zero-downtime: write a command, got prob; see zero-downtime --help\n',
    });
  });
});

describe('zero-downtime probe', () => {
  it('exits with 0 when none failed, and writes its results whole', async () => {
    const ended = await run(['probe', server.url, ...fast, '--json', 'out.json', '--svg', 'out.svg']);
    expect(ended).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^None of 70 requests failed\.\n/),
    });
    expect(readJson()).toMatchObject({ schemaVersion: 1, verdict: 'none-failed', sent: 70 });
    expect(server.requests).toHaveLength(70);
    expect(readdirSync(folder).sort()).toEqual(['out.json', 'out.svg']);
  });

  it('exits with 2 when some failed', async () => {
    fault = 'reset';
    const ended = await run(['probe', server.url, ...fast]);
    expect(ended).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/^70 of 70 requests failed\.\n/),
    });
  });

  it('exits with 1 and writes nothing when nothing listens', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const ended = await run(['probe', url, ...fast, '--json', 'out.json']);
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toContain(`zero-downtime: nothing answers at ${url}: connect ECONNREFUSED`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with the results so far', async (signal) => {
    const args = ['probe', server.url, '--duration', '1m', '--json', 'out.json'];
    const ended = await run(args, (_text, child) => child.kill(signal));
    expect(ended.status).toBe(0);
    expect(readJson()).toMatchObject({ verdict: 'none-failed', sent: server.requests.length });
  });

  it('follows standard input: a mark for every line, and its end is the end', async () => {
    const args = ['probe', server.url, '--duration', '1m', '--json', 'out.json', '--follow-stdin'];
    const ended = await run(args, (_text, child) => child.stdin?.end('rollout starts\nrollout ends\n'));
    expect(ended.status).toBe(0);
    expect(readJson().marks.map(({ label }) => label)).toEqual(['rollout starts', 'rollout ends']);
  });
});

describe('zero-downtime probe with a command', () => {
  const change = [
    '--duration',
    '1m',
    '--baseline',
    '1s',
    '--settle',
    '1s',
    '--rate',
    '100',
    '--json',
    'out.json',
  ];

  it('probes before, during and after it', async () => {
    const ended = await run(['probe', server.url, ...change, '--', 'echo', 'released']);
    expect(ended).toMatchObject({ status: 0, stderr: expect.stringContaining('released\n') });
    const { change: seen, marks, durationMs } = readJson();
    expect(seen).toMatchObject({ command: ['echo', 'released'], exitCode: 0, rollouts: [] });
    expect(seen?.startedMs).toBeGreaterThanOrEqual(500);
    expect(durationMs).toBeGreaterThanOrEqual(1000);
    expect(marks.map(({ label }) => label)).toEqual(['command starts', 'command ends', 'settled']);
  });

  it('exits with 2 when requests fail during it', async () => {
    const ended = await run(['probe', server.url, ...change, '--', 'echo', 'released'], (text) => {
      fault = text.includes('released') ? 'unavailable' : fault;
    });
    expect(ended.status).toBe(2);
    expect(readJson().windows[0].fromMs).toBeGreaterThanOrEqual(500);
  });

  it('does not run it when requests failed before', async () => {
    fault = 'unavailable';
    const ended = await run(['probe', server.url, ...change, '--', 'touch', 'ran']);
    expect(ended).toMatchObject({ status: 1, stdout: expect.stringContaining('so the command was not run') });
    expect(readdirSync(folder)).toEqual(['out.json']);
  });

  it('gives no verdict when it failed, and says how', async () => {
    const ended = await run(['probe', server.url, ...change, '--', 'sh', '-c', 'exit 7']);
    expect(ended).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('the command failed: exit status 7'),
    });
    expect(readJson()).toMatchObject({ verdict: 'not-measured', failed: 0, change: { exitCode: 7 } });
  });

  it('ends it on a signal, and gives no verdict then', async () => {
    const script = 'trap "touch ended; exit" TERM; echo running; while :; do sleep 0.05; done';
    const ended = await run(['probe', server.url, ...change, '--', 'sh', '-c', script], (text, child) => {
      child.kill(text.includes('running') ? 'SIGINT' : 0);
    });
    expect(ended).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('ended before the change was over'),
    });
    expect(readdirSync(folder).sort()).toEqual(['ended', 'out.json']);
  });

  it('waits for the rollouts that kubectl names, in its namespace', async () => {
    const kubectl = `#!/bin/sh
printf '%s\\n' "$*" >> calls
case "$*" in *status*) sleep 0.3; exit 0;; *) echo deployment.apps/myapp configured;; esac
`;
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/kubectl'), kubectl, { mode: 0o755 });
    const ended = await run([
      'probe',
      server.url,
      ...change,
      '--',
      'kubectl',
      'apply',
      '-n',
      'shop',
      '-f',
      'dist',
    ]);
    expect(ended.status).toBe(0);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toBe(
      'apply -n shop -f dist\n-n shop rollout status deployment/myapp\n',
    );
    expect(readJson().marks.map(({ label }) => label)).toContain('deployment/myapp rolled out');
  });

  it('gives no verdict when a rollout does not succeed', async () => {
    const rollout = ['--rollout', 'deployment/myapp'];
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/kubectl'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const ended = await run(['probe', server.url, ...change, ...rollout, '--', 'true']);
    expect(ended).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('deployment/myapp did not roll out: kubectl ended with 1'),
    });
  });

  it('waits until one version answers', async () => {
    const args = ['--version-from', 'header:x-version', '--duration', '2s'];
    let answers = 0;
    await server.close();
    // One answer in three has no version: two versions until the end.
    server = await startFaultyServer(() => (answers++ % 3 === 0 ? 'until-close' : 'chunked'));
    const ended = await run(['probe', server.url, ...change, ...args, '--', 'true']);
    expect(ended).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('ended before the change was over'),
    });
  });
});
