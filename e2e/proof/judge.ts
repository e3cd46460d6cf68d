import type { ProbeResult } from 'zero-downtime';
import type { Scenario } from './scenario';
import { missedGoal, type Speed } from './speed';
import { failedBefore } from './under-load';

/**
 * - `held`: a control dropped requests, or ours dropped none, or a limit was measured
 * - `broken`: ours dropped requests, or was slower than it must be
 * - `void`: it could not be judged, which fails the run as `broken` does
 * - `skipped`: the cluster cannot do it
 */
export type Outcome = 'held' | 'broken' | 'void' | 'skipped';

/** What a scenario showed. */
export interface Judgement {
  readonly outcome: Outcome;
  /** Why it is not `held`. */
  readonly reason?: string;
  /** Requests on connections of their own, slow ones included. */
  readonly requests: number;
  readonly failed: number;
  readonly keepAliveRequests: number;
  readonly keepAliveFailed: number;
}

/**
 * Judges a scenario by its measurement. Requests on kept-alive connections are counted separately: an unmodified
 * application loses some of them by itself.
 */
export function judge(
  { kind, countsKeptAlive }: Pick<Scenario, 'kind' | 'countsKeptAlive'>,
  result: ProbeResult,
  changeAtMs: number,
  speed?: Speed,
): Judgement {
  const total = (names: string[], field: 'sent' | 'failed') =>
    result.streams.filter(({ name }) => names.includes(name)).reduce((sum, stream) => sum + stream[field], 0);
  const counts = {
    requests: total(['new', 'slow'], 'sent'),
    failed: total(['new', 'slow'], 'failed'),
    keepAliveRequests: total(['keep-alive'], 'sent'),
    keepAliveFailed: total(['keep-alive'], 'failed'),
  };
  const give = (outcome: Outcome, reason?: string): Judgement => ({ outcome, reason, ...counts });

  if (result.verdict === 'not-measured') {
    return give('void', result.reasons.join('; '));
  }
  const early = failedBefore(result, changeAtMs);
  if (early > 0) {
    return give('void', `${early} requests failed before the change`);
  }
  if (kind === 'control' && counts.failed === 0) {
    return give('void', 'the control dropped nothing');
  }
  if (kind === 'ours' && counts.failed > 0) {
    return give('broken', `${counts.failed} requests failed`);
  }
  if (kind === 'ours' && countsKeptAlive && counts.keepAliveFailed > 0) {
    return give('broken', `${counts.keepAliveFailed} requests on kept-alive connections failed`);
  }
  const missed = kind === 'ours' && speed && missedGoal(speed);
  if (missed) {
    return give('broken', missed);
  }
  return give('held');
}
