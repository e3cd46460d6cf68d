import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startProbe, type ProbeOptions, type ProbeResult } from '../../src/index.js';
import { failuresByKind } from '../../src/probe/result.js';
import { freePort, startFaultyServer, type FaultyServer } from './faulty-server.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function start(choose?: (index: number) => string): Promise<FaultyServer> {
  const server = await startFaultyServer(choose);
  cleanUps.push(() => server.close());
  return server;
}

/** No answer is late because this machine is busy. */
const patient = { connectTimeoutMs: 60_000, timeoutMs: 60_000, maxSlipMs: 5000 };

async function probe(server: FaultyServer, options: Partial<ProbeOptions> = {}): Promise<ProbeResult> {
  const run = await startProbe({
    url: `${server.url}/ok`,
    rate: 200,
    connections: 10,
    durationMs: 1000,
    ...patient,
    expectBody: '^fine$',
    ...options,
  });
  return run.result;
}

function countOf(requests: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const fault of requests) {
    counts[fault] = (counts[fault] ?? 0) + 1;
  }
  return counts;
}

describe('startProbe', () => {
  it('sends exactly what the schedule says, and the server sees exactly that', async () => {
    const server = await start();
    const result = await probe(server, { slowRate: 10, slowPath: '/chunked' });
    expect(result).toMatchObject({ verdict: 'none-failed', reasons: [], sent: 410, ok: 410, failed: 0 });
    expect(result.streams.map(({ name, sent, ok }) => [name, sent, ok])).toEqual([
      ['new', 200, 200],
      ['keep-alive', 200, 200],
      ['slow', 10, 10],
    ]);
    expect(countOf(server.requests)).toEqual({ ok: 400, chunked: 10 });
    // The one that found out whether something listens is not counted.
    const [fresh, kept, slow] = result.streams.map(({ connections }) => connections);
    expect([fresh, slow]).toEqual([200, 10]);
    expect(kept).toBeGreaterThanOrEqual(10);
    expect(server.connections()).toBe(fresh + kept + slow + 1);
  });

  it.each([
    ['GET', {}],
    ['POST', { method: 'POST', body: 'hello' }],
  ] as const)('counts every fault once with %s, as the server does', async (_method, options) => {
    // None closes a connection after its answer: whether the next request meets that is a matter of moments.
    const faults = [
      ...['reset', 'close', 'close-in-head', 'close-in-body', 'reset-in-body'],
      ...['unavailable', 'wrong-body', 'garbage'],
    ];
    const server = await start((index) => (index % 5 === 0 ? faults[(index / 5) % faults.length] : 'ok'));
    const result = await probe(server, options);
    const seen = countOf(server.requests);
    expect(result).toMatchObject({
      verdict: 'some-failed',
      reasons: [],
      sent: 400,
      unanswered: 0,
      skipped: 0,
    });
    expect(server.requests).toHaveLength(400);
    expect(failuresByKind(result.streams)).toEqual({
      reset: seen.reset + seen['reset-in-body'],
      closed: seen.close + seen['close-in-head'] + seen['close-in-body'],
      status: seen.unavailable,
      'wrong-body': seen['wrong-body'],
      other: seen.garbage,
    });
    expect(result.ok).toBe(seen.ok);
    expect(result.failures).toHaveLength(result.failed);
  });

  it('does not let slow answers delay the schedule', async () => {
    const server = await start(() => 'hang');
    const run = await startProbe({
      ...patient,
      url: server.url,
      rate: 100,
      connections: 4,
      durationMs: 500,
    });
    // All of them are sent although none is answered.
    await once(run.ended, 'abort');
    await vi.waitUntil(() => server.requests.length === 90, { timeout: 30_000 });
    await server.close();
    const { streams, skipped } = await run.result;
    expect(skipped).toBe(0);
    expect(streams.map(({ sent, failed, connections }) => ({ sent, failed, connections }))).toEqual([
      { sent: 50, failed: 50, connections: 50 },
      // Every kept connection hangs, so each request opens one.
      { sent: 40, failed: 40, connections: 40 },
    ]);
  });

  it('waits for what is in flight when it is stopped, and accounts for it', async () => {
    const server = await start(() => 'hang');
    const run = await startProbe({
      url: server.url,
      rate: 50,
      connections: 0,
      timeoutMs: 1000,
      maxSlipMs: 5000,
      durationMs: 60_000,
    });
    run.mark('a mark');
    const result = await run.stop();
    expect(await run.stop()).toBe(result);
    expect(run.ended.aborted).toBe(true);
    expect(result).toMatchObject({ verdict: 'some-failed', unanswered: 0, marks: [{ label: 'a mark' }] });
    expect(result.sent).toBe(server.requests.length);
    expect(result.durationMs).toBeLessThan(60_000);
  });

  it('sends from the given addresses in turn', async () => {
    const server = await start();
    const result = await probe(server, { localAddresses: ['127.0.0.2', '127.0.0.3'], durationMs: 200 });
    expect(result).toMatchObject({ verdict: 'none-failed', localAddresses: 2 });
  });

  it('gives no verdict when the failures are its own', async () => {
    const server = await start();
    // The second address is of a network for documentation, which no machine has.
    const result = await probe(server, { localAddresses: ['127.0.0.2', '192.0.2.1'], durationMs: 200 });
    expect(result.verdict).toBe('not-measured');
    expect(result.reasons).toEqual([
      expect.stringContaining('ran out of ports, files or memory (EADDRNOTAVAIL)'),
    ]);
  });

  it('gives no verdict when it was too slow itself', async () => {
    const server = await start();
    const run = await startProbe({ url: `${server.url}/ok`, durationMs: 500, maxSlipMs: 50 });
    const until = performance.now() + 300;
    while (performance.now() < until) {
      // Nothing is sent meanwhile.
    }
    const result = await run.result;
    expect(result.verdict).toBe('not-measured');
    expect(result.reasons).toEqual([
      expect.stringMatching(/^requests were sent late: \d+ ms at the 99th percentile/),
    ]);
  });

  it('sends nothing that is very late, and gives no verdict then', async () => {
    const server = await start();
    const run = await startProbe({
      url: `${server.url}/ok`,
      durationMs: 500,
      connectTimeoutMs: 150,
      maxSlipMs: 5000,
    });
    const until = performance.now() + 400;
    while (performance.now() < until) {
      // Nothing is sent meanwhile.
    }
    const result = await run.result;
    expect(result.skipped).toBeGreaterThan(0);
    expect(result.sent + result.skipped).toBe(125);
    expect(result.reasons).toEqual([
      expect.stringMatching(/^\d+ requests were not sent because this machine stood/),
    ]);
  });

  it('does not start when nothing listens', async () => {
    const port = await freePort();
    await expect(startProbe({ url: `http://localhost:${port}/` })).rejects.toThrow(
      `nothing answers at http://localhost:${port}/: connect ECONNREFUSED`,
    );
  });

  it('knows the versions and their moments', async () => {
    const server = await start((index) => (index < 100 ? 'chunked' : 'until-close'));
    const result = await probe(server, {
      connections: 0,
      versionFrom: { from: 'header', name: 'x-version' },
    });
    const [v1, none] = result.versions;
    expect(result.versions.map(({ version, ok }) => [version, ok])).toEqual([
      ['v1', 100],
      ['(none)', 100],
    ]);
    expect(v1.firstMs).toBeLessThan(v1.lastMs);
    expect(v1.lastMs).toBeLessThan(none.lastMs);
  });

  it.each([
    ['expect-body', { expectBody: '^(a+)+$' }, 'some-failed'],
    [
      'version-from',
      { expectBody: undefined, versionFrom: { from: 'regex', pattern: '^(a+)+$' } },
      'none-failed',
    ],
  ] as const)('is not held up by an answer on which --%s would explode', async (_name, options, verdict) => {
    const server = await start(() => 'explosive');
    expect(await probe(server, options)).toMatchObject({ verdict, sent: 400, unanswered: 0, skipped: 0 });
  });

  it.each(['hang', 'hang-in-body', 'hang-in-endless-body'])(
    'accounts for every answer with %s',
    async (fault) => {
      const server = await start(() => fault);
      const result = await probe(server, {
        rate: 20,
        connections: 1,
        durationMs: 500,
        timeoutMs: 1000,
        expectBody: 'missing',
      });
      expect(result).toMatchObject({ sent: 20, failed: 20, unanswered: 0 });
      expect(failuresByKind(result.streams)).toEqual({ 'response-timeout': 20 });
    },
  );
});
