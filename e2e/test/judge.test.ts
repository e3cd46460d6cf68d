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
  const failures = streams.flatMap((stream) => Array.from({ length: stream.failed }, () => ({ atMs })));
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

  it('counts kept-alive connections apart', () => {
    expect(judge({ kind: 'ours' }, measured({ keepAlive: 3 }), CHANGE_AT)).toMatchObject({
      outcome: 'held',
      keepAliveRequests: 500,
      keepAliveFailed: 3,
    });
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
    expect(judge({ kind }, measured({ new: 2 }, 9_999), CHANGE_AT)).toMatchObject({
      outcome: 'void',
      reason: '2 requests failed before the change',
    });
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
