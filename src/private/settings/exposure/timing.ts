import { ENDPOINT_PROPAGATION } from '../../clouds';
import type { Part } from '../../clouds/cloud';

/** The times that an exposure needs, as sums of parts, so that each number comes with its explanation. */
export interface Timing {
  /** Shortest drain. */
  readonly drain: Part[];
  /** Shortest time that a new pod is ready before an old one goes. */
  readonly minReady: Part[];
  /** Shortest grace period, whatever the application needs; empty if connections are not kept. */
  readonly gracePeriod: Part[];
  /** How much longer a pod takes to become ready, because of a readiness gate. */
  readonly readiness: Part[];
}

/** How long a load balancer or proxy takes to follow the pods, as far as it is known. */
export interface Propagation {
  /** Time until it sends nothing more to a pod, counted from when its controller knows that the pod goes. */
  readonly removal: Part[];
  /** Time until it sends to a new pod, counted from when the pod is ready. */
  readonly addition: Part[];
  /** How long it keeps connections to a pod that was removed, if that is set. */
  readonly deregistrationSeconds?: number;
  /** Whether a pod becomes ready only when the load balancer sends to it. */
  readonly readinessGate?: boolean;
}

/**
 * The formula, for every way to the pods:
 *
 * - the drain lasts until every node and controller knows that the pod goes, and then until nothing more is
 *   sent to it
 * - an old pod goes only after a new one was ready for as long as it takes until traffic is sent to it; a
 *   readiness gate waits instead
 * - a pod lives for as long as connections to it are kept
 */
export function timingOf({
  removal,
  addition,
  deregistrationSeconds,
  readinessGate = false,
}: Propagation): Timing {
  const kept = (seconds: number) => ({ seconds, reason: 'for which connections to it are kept' });
  return {
    drain: [ENDPOINT_PROPAGATION, ...removal],
    minReady: readinessGate ? [] : addition,
    gracePeriod:
      deregistrationSeconds === undefined ? [] : [ENDPOINT_PROPAGATION, kept(deregistrationSeconds)],
    readiness: readinessGate ? addition : [],
  };
}

/** The sum of the parts, in seconds. */
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
