import { ServiceType } from 'cdk8s-plus-27';
import type { DigitalOceanOptions } from '../../../exposure-options';
import type { HealthCheckLimits, HealthCheckTiming } from './health-check';
import { nodesFollowing, resolveHealthCheck } from './health-check';
import type { Profile } from './profile';
import type { Part } from './timing';

/** Source: https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/master/docs/controllers/services/annotations.md */
const HEALTH_CHECK: HealthCheckTiming = { interval: 3, unhealthyThreshold: 3, healthyThreshold: 5 };
/** Source: the same. */
const LIMITS: HealthCheckLimits = { interval: { min: 3, max: 300 }, threshold: { min: 2, max: 10 } };
/** Source: the same, the default of the response time-out; it is longer than the interval. */
const TIMEOUT: Part = { seconds: 5, reason: 'for a check that gets no answer' };

const PREFIX = 'service.beta.kubernetes.io/do-loadbalancer-healthcheck-';

/**
 * A Load Balancer of DigitalOcean as its cloud controller manager makes it.
 */
export function digitalOcean(options: DigitalOceanOptions): Profile {
  const healthCheck = resolveHealthCheck(options, HEALTH_CHECK, LIMITS);
  return {
    name: 'a load balancer of DigitalOcean',
    type: ServiceType.LOAD_BALANCER,
    annotations: {
      [`${PREFIX}check-interval-seconds`]: String(healthCheck.interval),
      [`${PREFIX}unhealthy-threshold`]: String(healthCheck.unhealthyThreshold),
      [`${PREFIX}healthy-threshold`]: String(healthCheck.healthyThreshold),
    },
    otherWords: /-healthcheck-response-timeout-seconds$/,
    ...nodesFollowing(healthCheck, options.externalTrafficPolicy, [TIMEOUT]),
  };
}
