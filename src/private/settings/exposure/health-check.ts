import type { Duration } from 'cdk8s';
import { ExternalTrafficPolicy } from '../../../external-traffic-policy';
import type { Range } from '../../kubernetes/numbers';
import { wholeNumber, wholeSeconds } from '../../kubernetes/numbers';
import type { Following, Part } from './timing';

/** How a load balancer checks its targets. */
export interface HealthCheckTiming {
  readonly interval: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

/** What users may ask of a health check. */
export interface AskedHealthCheck {
  readonly healthCheckInterval?: Duration;
  readonly unhealthyThreshold?: number;
  readonly healthyThreshold?: number;
}

/** What a cloud accepts. */
export interface HealthCheckLimits {
  readonly interval: Range;
  readonly threshold: Range;
}

/**
 * The health check that is asked for, completed by the cloud's own values.
 */
export function resolveHealthCheck(
  { healthCheckInterval, unhealthyThreshold, healthyThreshold }: AskedHealthCheck,
  defaults: HealthCheckTiming,
  { interval, threshold }: HealthCheckLimits,
): HealthCheckTiming {
  return {
    interval: healthCheckInterval
      ? wholeSeconds('exposure.healthCheckInterval', healthCheckInterval, interval)
      : defaults.interval,
    unhealthyThreshold: wholeNumber(
      'exposure.unhealthyThreshold',
      unhealthyThreshold ?? defaults.unhealthyThreshold,
      threshold,
    ),
    healthyThreshold: wholeNumber(
      'exposure.healthyThreshold',
      healthyThreshold ?? defaults.healthyThreshold,
      threshold,
    ),
  };
}

/**
 * All checks that decide, and one interval more for the check that had just been made.
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
 * How a load balancer that sends to nodes follows the pods. With `Cluster` any node reaches every pod and it does
 * not have to. With `Local` it finds out by its health checks which nodes have a ready pod. It then waits for a new
 * node as long as it does for one that goes, as the source above does, or longer where more good checks are asked for.
 *
 * @param more what it takes beyond its health checks
 */
export function nodesFollowing(
  { interval, unhealthyThreshold, healthyThreshold }: HealthCheckTiming,
  policy: ExternalTrafficPolicy | undefined,
  more: Part[] = [],
): Following {
  if (policy !== ExternalTrafficPolicy.LOCAL) {
    return { removal: [], addition: [] };
  }
  const longer = Math.max(unhealthyThreshold, healthyThreshold);
  return {
    removal: [checksThatDecide(interval, unhealthyThreshold), ...more],
    addition: [checksThatDecide(interval, longer), ...more],
  };
}
