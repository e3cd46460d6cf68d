import { describe, expect, it } from 'vitest';
import type { ProbeResult } from 'zero-downtime';
import { judge } from '../proof/judge';

const CHANGE_AT = 10_000;

/** A measurement in which so many requests failed on each stream, all at one moment. */
function measured(failed: { new?: number; keepAlive?: number; slow?: number }, atMs = 20_000): ProbeResult {
  const streams = [
    { name: 'new', sent: 1000, failed: failed.new ?? 0 },
    { name: 'keep-alive', sent: 500, failed: failed.keepAlive ?? 0 },
    { name: 'slow', sent: 10, failed: failed.slow ?? 0 },
  ];
  const failures = streams.flatMap((stream) =>
    Array.from({ length: stream.failed }, () => ({ atMs, afterMs: 1 })),
  );
  return {
    verdict: failures.length > 0 ? 'some-failed' : 'none-failed',
    reasons: [],
    streams,
    failures,
  } as never;
}

describe('the verdict on a scenario', () => {
  it('holds for ours when no new connection failed', () => {
    expect(judge({ kind: 'ours' }, measured({}), CHANGE_AT)).toMatchObject({
      outcome: 'held',
      requests: 1010,
      failed: 0,
    });
  });

  it.each([{ new: 1 }, { slow: 1 }])('is broken for ours when one request of %o failed', (failed) => {
    expect(judge({ kind: 'ours' }, measured(failed), CHANGE_AT)).toMatchObject({
      outcome: 'broken',
      reason: '1 requests failed',
    });
  });

  it('counts kept-alive connections separately', () => {
    expect(judge({ kind: 'ours' }, measured({ keepAlive: 3 }), CHANGE_AT)).toMatchObject({
      outcome: 'held',
      keepAliveRequests: 500,
      keepAliveFailed: 3,
    });
  });

  it('counts kept-alive connections where the scenario says so', () => {
    const ours = { kind: 'ours', countsKeptAlive: true } as const;
    expect(judge(ours, measured({ keepAlive: 3 }), CHANGE_AT)).toMatchObject({
      outcome: 'broken',
      reason: '3 requests on kept-alive connections failed',
    });
    expect(judge(ours, measured({}), CHANGE_AT).outcome).toBe('held');
  });

  it('holds for a control that dropped requests', () => {
    expect(judge({ kind: 'control' }, measured({ new: 5 }), CHANGE_AT).outcome).toBe('held');
  });

  it('is void for a control that dropped nothing', () => {
    expect(judge({ kind: 'control' }, measured({}), CHANGE_AT)).toMatchObject({
      outcome: 'void',
      reason: 'the control dropped nothing',
    });
  });

  it.each(['control', 'ours'] as const)('is void for %s when requests failed before the change', (kind) => {
    expect(judge({ kind }, measured({ new: 2 }, 9_998), CHANGE_AT)).toMatchObject({
      outcome: 'void',
      reason: '2 requests failed before the change',
    });
  });

  it('is not void when a request that was sent before the change failed after it', () => {
    expect(judge({ kind: 'control' }, measured({ slow: 1 }, 9_999), CHANGE_AT).outcome).toBe('held');
  });

  it('holds for a limit whatever failed', () => {
    expect(judge({ kind: 'limit' }, measured({ new: 9 }), CHANGE_AT)).toMatchObject({
      outcome: 'held',
      failed: 9,
    });
    expect(judge({ kind: 'limit' }, measured({}), CHANGE_AT).outcome).toBe('held');
  });

  it.each([
    [{ seconds: 70, delays: [0.5] }, 'the rollout took 1.17 times its limit, more than 1.15'],
    [
      { seconds: 69, delays: [0.5, 1.6] },
      'an endpoint became ready 1.60 s after its application listened, later than 1.5 s',
    ],
  ])('is broken for ours when it was slow: %#', ({ seconds, delays }, reason) => {
    const speed = { seconds, waves: 3, startSeconds: 20, delays };
    expect(judge({ kind: 'ours' }, measured({}), CHANGE_AT, speed)).toMatchObject({
      outcome: 'broken',
      reason,
    });
    expect(judge({ kind: 'control' }, measured({ new: 1 }), CHANGE_AT, speed).outcome).toBe('held');
  });

  it('holds for ours that was fast enough', () => {
    const speed = { seconds: 69, waves: 3, startSeconds: 20, delays: [0.5, 1.5] };
    expect(judge({ kind: 'ours' }, measured({}), CHANGE_AT, speed).outcome).toBe('held');
  });

  it('is void when the probe gave no verdict', () => {
    const result = {
      ...measured({}),
      verdict: 'not-measured',
      reasons: ['its schedule slipped'],
    } as ProbeResult;

    expect(judge({ kind: 'ours' }, result, CHANGE_AT)).toMatchObject({
      outcome: 'void',
      reason: 'its schedule slipped',
    });
  });
});
