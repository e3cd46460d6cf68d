import { ServiceType } from 'cdk8s-plus-27';
import type { AzureOptions } from '../../../exposure-options';
import { AZURE, AZURE_PREFIX } from '../../clouds/azure';
import { Refusal } from '../../refusals/refusal';
import { healthCheckAnnotations, nodePropagation, resolveHealthCheck } from './health-check';
import type { Profile } from './profile';

/**
 * Source: "total probe should be less than 120 seconds",
 * https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/#custom-load-balancer-health-probe
 */
const LESS_THAN_SECONDS = 120;

/** Annotations for the health check of a single port. */
const OF_A_PORT = /^service\.beta\.kubernetes\.io\/port_\d+_health-probe_(interval|num-of-probe)$/;

/**
 * A Load Balancer of Azure as cloud-provider-azure makes it. It has one threshold for good and for failed checks.
 */
export function azure(options: AzureOptions): Profile {
  const { unhealthyThreshold } = options;
  const asked = { ...options, healthyThreshold: unhealthyThreshold };
  const healthCheck = resolveHealthCheck(asked, AZURE.nodes.healthCheck);
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
      ...(options.internalLoadBalancer && { [`${AZURE_PREFIX}internal`]: 'true' }),
      ...healthCheckAnnotations(AZURE.nodes.healthCheck, healthCheck),
    },
    conflictingAnnotations: OF_A_PORT,
    ...nodePropagation(AZURE.nodes, options.externalTrafficPolicy, healthCheck),
  };
}
