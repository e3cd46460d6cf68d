import type { VersionSeen } from './versions.js';

/** What {@link isSettled} looks at. Moments are milliseconds from the start. */
export interface SettleState {
  readonly nowMs: number;
  /** When the command, or the rollout that it caused, was over. */
  readonly sinceMs: number;
  /** How long it must have been quiet. */
  readonly quietMs: number;
  /** The versions seen; undefined when responses do not name their version. */
  readonly versions?: readonly VersionSeen[];
}

/**
 * Whether a change is over: the quiet time has passed since `sinceMs`, and all answers in it came from one version. Where
 * responses do not name their version, only the time counts.
 */
export function isSettled({ nowMs, sinceMs, quietMs, versions }: SettleState): boolean {
  const quietFromMs = nowMs - quietMs;
  if (quietFromMs < sinceMs) {
    return false;
  }
  if (!versions) {
    return true;
  }
  return versions.filter(({ lastMs }) => lastMs >= quietFromMs).length === 1;
}
