import { describe, expect, it } from 'vitest';
import type { Settled } from '../../src/probe/attempt.js';
import { failure, FAILURE_KINDS } from '../../src/probe/outcome.js';
import { failuresByKind, sum } from '../../src/probe/result.js';
import type { StreamName } from '../../src/probe/streams.js';
import { Tally } from '../../src/probe/tally.js';
import { failedIn, failureWindows, STEP_MS } from '../../src/probe/timeline.js';
import { fc } from '../random.js';

const streams: StreamName[] = ['new', 'keep-alive', 'slow'];
const version = fc.oneof(
  fc.constantFrom('v1', 'v2', '__proto__', 'constructor', 'toString'),
  fc.nat(1000).map(String),
);
const settled: fc.Arbitrary<Settled> = fc.record({
  outcome: fc.oneof(
    version.map((name) => ({ ok: true as const, version: name })),
    fc
      .tuple(fc.constantFrom(...FAILURE_KINDS), fc.constantFrom('503', 'ECONNABORTED', 'mid-response'))
      .map(([kind, detail]) => failure(kind, detail)),
  ),
  reused: fc.boolean(),
});
const request = fc.record({
  stream: fc.constantFrom(...streams),
  atMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
  slipMs: fc.double({ min: 0, max: 300, noNaN: true }),
  settled,
  afterMs: fc.double({ min: 0, max: 20_000, noNaN: true }),
  order: fc.nat(),
});

type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

/** Books every request, and settles those that are not left open in an order of their own. */
function book(requests: readonly Request[], open: number): Tally {
  const tally = new Tally(streams);
  const entries = requests.map(({ stream, atMs, slipMs, ...rest }) => ({
    entry: tally.send(stream, atMs, slipMs),
    ...rest,
  }));
  entries
    .slice(open)
    .sort((a, b) => a.order - b.order)
    .forEach(({ entry, settled: how, afterMs }) => tally.settle(entry, how, entry.intendedMs + afterMs));
  return tally;
}

describe('Tally', () => {
  it('keeps counts that agree for every series of outcomes', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 300 }), fc.nat(20), (requests, open) => {
        const tally = book(requests, open);
        const results = tally.streamResults();
        const inFlight = Math.min(open, requests.length);
        expect(tally.contradictions()).toEqual([]);
        expect(tally.inFlightCount).toBe(inFlight);
        expect(sum(results.map(({ sent }) => sent))).toBe(requests.length);
        for (const { sent, ok, failed, unanswered } of results) {
          expect(sent).toBe(ok + failed + unanswered);
        }
        expect(sum(Object.values(failuresByKind(results)))).toBe(sum(results.map(({ failed }) => failed)));
        expect(sum(tally.versions().map(({ ok }) => ok))).toBe(sum(results.map(({ ok }) => ok)));
        for (const { name, ok, failed } of results) {
          const counts = tally.steps().flatMap(({ streams }) => streams[name] ?? []);
          expect([sum(counts.map((step) => step.ok)), sum(counts.map(failedIn))]).toEqual([ok, failed]);
        }
        const told = tally.steps().map(({ versions }) => versions);
        expect(sum(told.flatMap((counts) => Object.values(counts)))).toBe(sum(results.map(({ ok }) => ok)));
        expect(sum(failureWindows(tally.steps()).map(({ failed }) => failed))).toBe(
          sum(results.map(({ failed }) => failed)),
        );
      }),
    );
  });

  it('refuses to settle a request twice', () => {
    const tally = new Tally(streams);
    const entry = tally.send('new', 0, 0);
    tally.settle(entry, { outcome: { ok: true }, reused: false }, 5);
    expect(() => tally.settle(entry, { outcome: { ok: true }, reused: false }, 6)).toThrow(
      'a request was settled twice',
    );
  });

  it('distinguishes no more versions on the timeline than in the totals', () => {
    const tally = new Tally(streams);
    for (let n = 0; n < 1000; n++) {
      const entry = tally.send('new', n, 0);
      tally.settle(entry, { outcome: { ok: true, version: `request ${n}` }, reused: false }, n);
    }
    const names = new Set(tally.steps().flatMap(({ versions }) => Object.keys(versions)));
    expect([...names].sort()).toEqual(
      tally
        .versions()
        .map(({ version }) => version)
        .sort(),
    );
    expect(names.size).toBe(51);
  });

  it('finds counts that contradict each other', () => {
    const tally = new Tally(streams);
    const stream = Reflect.get(tally, 'of').call(tally, 'new') as { sent: number; ok: number };
    stream.sent += 2;
    stream.ok += 1;
    expect(tally.contradictions()).toEqual([
      'unanswered requests and requests in flight differ: 1 and 0',
      'sent requests and recorded slips differ: 2 and 0',
      'right answers and those on the timeline differ: 1 and 0',
      'right answers of new and recorded latencies differ: 1 and 0',
    ]);
  });

  it('knows whether the requests of the baseline are settled and whether one of them failed', () => {
    const tally = new Tally(streams);
    const early = tally.send('new', 900, 0);
    const late = tally.send('new', 1100, 0);
    expect(tally.isSettledBefore(1000)).toBe(false);
    tally.settle(late, { outcome: failure('reset', 'mid-response'), reused: false }, 1200);
    expect(tally.hasFailedBefore(1000)).toBe(false);
    tally.settle(early, { outcome: failure('refused', 'while connecting'), reused: false }, 1300);
    expect(tally.isSettledBefore(1000)).toBe(true);
    expect(tally.hasFailedBefore(1000)).toBe(true);
  });
});

describe('failureWindows', () => {
  const step = (atMs: number, failed: number) => ({
    ...{ atMs, ok: 1, failed: { reset: failed } },
    ...{ streams: {}, versions: {} },
  });

  it('joins failures less than a second apart', () => {
    const steps = [step(0, 0), step(STEP_MS, 2), step(1100, 1), step(2200, 3), step(2300, 0)];
    expect(failureWindows(steps)).toEqual([
      { fromMs: 100, toMs: 1200, failed: 3 },
      { fromMs: 2200, toMs: 2300, failed: 3 },
    ]);
    expect(failedIn(steps[3])).toBe(3);
  });
});
