import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeChange, startProbe, type Change, type ProbeResult } from '../src/index.js';
import { startFaultyServer, type FaultyServer } from './faulty-server.js';

let fault: string;
let server: FaultyServer;

beforeEach(async () => {
  fault = 'ok';
  server = await startFaultyServer(() => fault);
});
afterEach(() => server.close());

async function probe(change: Partial<Change>, durationMs = 30_000): Promise<ProbeResult> {
  const run = await startProbe({ url: server.url, durationMs, maxSlipMs: 5000 });
  const defaults: Change = {
    command: ['true'],
    baselineMs: 200,
    settleMs: 200,
    rollouts: [],
    tellsVersions: false,
    onOutput: () => undefined,
  };
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
    const run = await startProbe({ url: server.url, durationMs: 30_000, timeoutMs: 700 });
    const result = await probeChange(run, {
      ...{ command: ['true'], baselineMs: 200, settleMs: 200, rollouts: [], tellsVersions: false },
      onOutput: () => undefined,
    });
    expect(result.reasons).toEqual([expect.stringMatching(/^requests failed in the first 200 ms/)]);
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
    const { verdict, reasons } = await probe(change, 500);
    expect({ verdict, reasons }).toEqual({
      verdict: 'not-measured',
      reasons: ['the probe ended before the change was over: its time was over; give it a longer --duration'],
    });
  });

  it('waits for the command when the probe ended before it', async () => {
    const command = ['sh', '-c', 'sleep 1; echo the end; exit 7'];
    let output = '';
    const { reasons, change, durationMs } = await probe(
      { command, onOutput: (text) => void (output += text) },
      500,
    );
    expect(output).toBe('the end\n');
    expect(durationMs).toBe(500);
    expect(change?.exitCode).toBe(7);
    expect(reasons).toEqual(['the command failed: exit status 7']);
  });

  it('tells the program but none of its arguments', async () => {
    const result = await probe({ command: ['/bin/echo', '--password', 'hunter2'] });
    expect(result.change).toMatchObject({ program: 'echo', arguments: 2, exitCode: 0 });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});
