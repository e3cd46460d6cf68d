import { HEARD } from '../../clouds';
import type { Part } from '../../clouds/cloud';

/** What a way to the pods asks of them: sums, so that each number comes with its explanation. */
export interface Timing {
  /** Shortest drain. */
  readonly drain: Part[];
  /** Shortest time that a new pod is ready before an old one goes. */
  readonly minReady: Part[];
  /** Shortest grace period, whatever the application needs; nothing if connections are not kept. */
  readonly gracePeriod: Part[];
  /** How much longer a pod takes to become ready, because of a readiness gate. */
  readonly readiness: Part[];
}

/** What is known of how a load balancer or proxy follows the pods. */
export interface Following {
  /** Until it sends nothing more to a pod, counted from when its controller has heard that the pod goes. */
  readonly removal: Part[];
  /** Until it sends to a new pod, counted from when that is ready. */
  readonly addition: Part[];
  /** How long it keeps connections to a pod that was removed, if that is set. */
  readonly deregistrationSeconds?: number;
  /** Whether a pod becomes ready only when the load balancer sends to it. */
  readonly readinessGate?: boolean;
}

/**
 * The formula, for every way to the pods:
 *
 * - the drain lasts until everybody has heard that the pod goes, and then until nothing more is sent to it
 * - a new pod is ready for as long as it takes until something is sent to it, before an old one goes;
 *   a readiness gate waits instead
 * - a pod lives for as long as connections to it are kept
 */
export function timingOf({
  removal,
  addition,
  deregistrationSeconds,
  readinessGate = false,
}: Following): Timing {
  const kept = (seconds: number) => ({ seconds, reason: 'for which connections to it are kept' });
  return {
    drain: [HEARD, ...removal],
    minReady: readinessGate ? [] : addition,
    gracePeriod: deregistrationSeconds === undefined ? [] : [HEARD, kept(deregistrationSeconds)],
    readiness: readinessGate ? addition : [],
  };
}

/** How many seconds the parts are together. */
export function total(parts: Part[]): number {
  return parts.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The parts as a sum in words. */
export function explain(parts: Part[]): string {
  return parts
    .filter(({ seconds }) => seconds > 0)
    .map(({ seconds, reason }) => `${seconds} s ${reason}`)
    .join(' + ');
}
