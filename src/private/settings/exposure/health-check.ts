import type { Duration } from 'cdk8s';
import { ExternalTrafficPolicy } from '../../../external-traffic-policy';
import type { HealthCheck, LoadBalancer, Part } from '../../clouds/cloud';
import { wholeNumber, wholeSeconds } from '../../kubernetes/numbers';
import type { Propagation } from './timing';

/** How a load balancer checks its targets. */
export interface HealthCheckTiming {
  readonly interval: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

/** Options of a health check. */
export interface AskedHealthCheck {
  readonly healthCheckInterval?: Duration;
  readonly unhealthyThreshold?: number;
  readonly healthyThreshold?: number;
}

/**
 * The user's health check, completed by the cloud's own values.
 */
export function resolveHealthCheck(
  asked: AskedHealthCheck,
  { interval, unhealthyThreshold, healthyThreshold }: HealthCheck,
): HealthCheckTiming {
  return {
    interval: asked.healthCheckInterval
      ? wholeSeconds('exposure.healthCheckInterval', asked.healthCheckInterval, interval)
      : interval.default,
    unhealthyThreshold: wholeNumber(
      'exposure.unhealthyThreshold',
      asked.unhealthyThreshold ?? unhealthyThreshold.default,
      unhealthyThreshold,
    ),
    healthyThreshold: wholeNumber(
      'exposure.healthyThreshold',
      asked.healthyThreshold ?? healthyThreshold.default,
      healthyThreshold,
    ),
  };
}

/**
 * The annotations that ask the cloud for this health check.
 */
export function healthCheckAnnotations(
  healthCheck: HealthCheck,
  timing: HealthCheckTiming,
): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const what of ['interval', 'unhealthyThreshold', 'healthyThreshold'] as const) {
    const { annotation } = healthCheck[what];
    if (annotation !== undefined) {
      annotations[annotation] = String(timing[what]);
    }
  }
  return annotations;
}

/**
 * The time of all checks that decide, and one interval more, since a check may just have been made.
 *
 * Source: "longer than the LB failed health check duration + 1 cycle", GCP 3 x 8 s = 32 s, Azure 2 x 5 s = 15 s, in
 * https://github.com/openshift/origin/blob/master/pkg/monitortests/network/disruptionserviceloadbalancer/monitortest.go
 */
export function checksThatDecide(interval: number, threshold: number): Part {
  return {
    seconds: interval * (threshold + 1),
    reason: `for ${threshold} health checks and one more, every ${interval} s`,
  };
}

/**
 * How a load balancer that sends to nodes follows the pods. With `Cluster` it does not have to, since any node
 * reaches every pod. With `Local` it finds out which nodes have a ready pod, by its health checks if it has
 * any. The time for a new node is that for one that goes, as in the source above, or longer if it needs more
 * good checks.
 */
export function nodePropagation(
  { acting }: LoadBalancer['nodes'],
  policy: ExternalTrafficPolicy | undefined,
  healthCheck?: HealthCheckTiming,
): Propagation {
  if (policy !== ExternalTrafficPolicy.LOCAL) {
    return { removal: [], addition: [] };
  }
  const acts = acting ? [acting] : [];
  if (healthCheck === undefined) {
    return { removal: acts, addition: acts };
  }
  const { interval, unhealthyThreshold, healthyThreshold } = healthCheck;
  const longer = Math.max(unhealthyThreshold, healthyThreshold);
  return {
    removal: [checksThatDecide(interval, unhealthyThreshold), ...acts],
    addition: [checksThatDecide(interval, longer), ...acts],
  };
}
