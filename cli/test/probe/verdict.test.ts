import { describe, expect, it } from 'vitest';
import { findReasons } from '../../src/probe/verdict.js';

describe('findReasons', () => {
  it('says why answers were not looked at', () => {
    const evidence = {
      ...{ scheduled: 10, sent: 10, failed: 0, unanswered: 3, skipped: 0, tooMany: 0, notJudged: 2 },
      ...{ streams: [], slipMs: { p50: 0, p90: 0, p99: 0, max: 0 }, maxSlipMs: 250 },
      ...{ wrongScheme: false, contradictions: [] },
    };
    expect(findReasons(evidence)).toEqual([
      '3 requests were never settled, 2 of them because judging such large answers takes too long; ' +
        'lower the load or write a simpler expression',
    ]);
    expect(findReasons({ ...evidence, notJudged: 0 })).toEqual(['3 requests were never settled']);
  });
});
