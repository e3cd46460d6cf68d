import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  probeChange,
  startProbe,
  type Change,
  type ProbeOptions,
  type ProbeResult,
} from '../../src/index.js';
import { startFaultyServer, type FaultyServer } from './faulty-server.js';

let fault: string;
let server: FaultyServer;

beforeEach(async () => {
  fault = 'ok';
  server = await startFaultyServer(() => fault);
});
afterEach(() => server.close());

const defaults: Change = {
  command: ['true'],
  baselineMs: 200,
  settleMs: 200,
  rollouts: [],
  tellsVersions: false,
  onOutput: () => undefined,
};

async function probe(change: Partial<Change>, options: Partial<ProbeOptions> = {}): Promise<ProbeResult> {
  const run = await startProbe({ url: server.url, durationMs: 30_000, maxSlipMs: 5000, ...options });
  return probeChange(run, { ...defaults, ...change });
}

describe('probeChange', () => {
  it('has a verdict when the change was seen to its end', async () => {
    const { verdict, reasons, marks, change } = await probe({});
    expect({ verdict, reasons }).toEqual({ verdict: 'none-failed', reasons: [] });
    expect(marks.map(({ label }) => label)).toEqual(['command starts', 'command ends', 'settled']);
    expect(change?.startedMs).toBeGreaterThanOrEqual(200);
    expect(change?.settledMs).toBeGreaterThanOrEqual((change?.endedMs ?? NaN) + 200);
  });

  it('has its whole baseline before the command, also where requests are few', async () => {
    const { change } = await probe({}, { rate: 1, connections: 0 });
    expect(change?.startedMs).toBeGreaterThanOrEqual(200);
  });

  it('counts what fails during the change', async () => {
    const command = ['echo', 'released'];
    const result = await probe({ command, onOutput: () => void (fault = 'reset') });
    expect(result.verdict).toBe('some-failed');
    expect(result.windows[0].fromMs).toBeGreaterThanOrEqual(200);
  });

  it('does not run the command after a baseline with failures', async () => {
    fault = 'reset';
    const { verdict, reasons, change } = await probe({});
    expect(verdict).toBe('not-measured');
    expect(reasons).toEqual([
      'requests failed in the first 200 ms, so the command was not run; ' +
        'a service that drops requests when nothing changes must be mended first',
    ]);
    expect(change).toEqual({ program: 'true', arguments: 0, rollouts: [] });
  });

  it('waits for the answers of the baseline before the command', async () => {
    fault = 'hang';
    const result = await probe({}, { timeoutMs: 700 });
    expect(result.reasons[0]).toMatch(/^requests failed in the first 200 ms/);
    expect(result.durationMs).toBeGreaterThan(700);
  });

  it.each([
    ['fails', ['sh', '-c', 'exit 7'], 'the command failed: exit status 7'],
    ['is ended by a signal', ['sh', '-c', 'kill -9 $$'], 'the command failed: ended by SIGKILL'],
    [
      'cannot be started',
      ['/no/such/program'],
      'the command failed: /no/such/program cannot be started (ENOENT)',
    ],
  ])('has no verdict when the command %s', async (_how, command, reason) => {
    const { verdict, reasons } = await probe({ command });
    expect({ verdict, reasons }).toEqual({ verdict: 'not-measured', reasons: [reason] });
  });

  it.each([
    ['during the baseline', { baselineMs: 5000 }],
    ['during the command', { command: ['sleep', '1'] }],
    ['before it was quiet', { settleMs: 5000 }],
    ['while no version was alone', { tellsVersions: true }],
  ])('has no verdict when the probe ended %s', async (_when, change) => {
    const { verdict, reasons } = await probe(change, { durationMs: 500 });
    expect({ verdict, reasons }).toEqual({
      verdict: 'not-measured',
      reasons: ['the probe ended before the change was over: its time was over; give it a longer --duration'],
    });
  });

  it('waits for the command when the probe ended before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'change-'));
    const go = join(folder, 'go');
    const run = await startProbe({ url: server.url, durationMs: 30_000, maxSlipMs: 5000 });
    run.ended.addEventListener('abort', () => writeFileSync(go, ''));
    let output = '';
    const { reasons, change, durationMs } = await probeChange(run, {
      ...defaults,
      command: ['sh', '-c', `until [ -e ${go} ]; do sleep 0.05; done; echo the end; exit 7`],
      onStart: () => void run.stop(),
      onOutput: (text) => void (output += text),
    });
    rmSync(folder, { recursive: true });
    expect(output).toBe('the end\n');
    expect(durationMs).toBeLessThan(change?.endedMs ?? NaN);
    expect(change?.exitCode).toBe(7);
    expect(reasons).toEqual(['the command failed: exit status 7']);
  });

  it('names the program but none of its arguments', async () => {
    const result = await probe({ command: ['/bin/echo', '--password', 'hunter2'] });
    expect(result.change).toMatchObject({ program: 'echo', arguments: 2, exitCode: 0 });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});
