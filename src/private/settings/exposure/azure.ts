import { ServiceType } from 'cdk8s-plus-27';
import type { AzureOptions } from '../../../exposure-options';
import { Refusal } from '../../refusals/refusal';
import type { HealthCheckLimits, HealthCheckTiming } from './health-check';
import { nodesFollowing, resolveHealthCheck } from './health-check';
import type { Profile } from './profile';

/** Source: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/#custom-load-balancer-health-probe */
const HEALTH_CHECK: HealthCheckTiming = { interval: 5, unhealthyThreshold: 2, healthyThreshold: 2 };
/** Source: https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview */
const LIMITS: HealthCheckLimits = { interval: { min: 5 }, threshold: { min: 2 } };
/** Source: "total probe should be less than 120 seconds", in the first one. */
const LESS_THAN_SECONDS = 120;

/** Health checks of a single port. */
const OF_A_PORT = /^service\.beta\.kubernetes\.io\/port_\d+_health-probe_(interval|num-of-probe)$/;
const PREFIX = 'service.beta.kubernetes.io/azure-load-balancer-';

/**
 * A Load Balancer of Azure as cloud-provider-azure makes it. It wants as many good checks as bad ones.
 */
export function azure(options: AzureOptions): Profile {
  const { unhealthyThreshold } = options;
  const asked = { ...options, healthyThreshold: unhealthyThreshold };
  const healthCheck = resolveHealthCheck(asked, HEALTH_CHECK, LIMITS);
  const seconds = healthCheck.interval * healthCheck.unhealthyThreshold;
  if (seconds >= LESS_THAN_SECONDS) {
    throw new Refusal(
      'exposure.unhealthyThreshold',
      healthCheck.unhealthyThreshold,
      `with a health check every ${healthCheck.interval} s it takes ${seconds} s, and Azure accepts less than ${LESS_THAN_SECONDS} s`,
      'Write a lower unhealthyThreshold or a shorter healthCheckInterval',
    );
  }
  return {
    name: 'a load balancer of Azure',
    type: ServiceType.LOAD_BALANCER,
    annotations: {
      ...(options.internalLoadBalancer && { [`${PREFIX}internal`]: 'true' }),
      [`${PREFIX}health-probe-interval`]: String(healthCheck.interval),
      [`${PREFIX}health-probe-num-of-probe`]: String(healthCheck.unhealthyThreshold),
    },
    otherWords: OF_A_PORT,
    ...nodesFollowing(healthCheck, options.externalTrafficPolicy),
  };
}
