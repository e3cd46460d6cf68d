import { ServiceType } from 'cdk8s-plus-27';
import type { DigitalOceanOptions } from '../../../exposure-options';
import { DIGITAL_OCEAN } from '../../clouds/digital-ocean';
import { healthCheckAnnotations, nodePropagation, resolveHealthCheck } from './health-check';
import type { Profile } from './profile';

/**
 * A Load Balancer of DigitalOcean as its cloud controller manager makes it.
 */
export function digitalOcean(options: DigitalOceanOptions): Profile {
  const healthCheck = resolveHealthCheck(options, DIGITAL_OCEAN.nodes.healthCheck);
  return {
    name: 'a load balancer of DigitalOcean',
    type: ServiceType.LOAD_BALANCER,
    annotations: healthCheckAnnotations(DIGITAL_OCEAN.nodes.healthCheck, healthCheck),
    conflictingAnnotations: /-healthcheck-response-timeout-seconds$/,
    ...nodePropagation(DIGITAL_OCEAN.nodes, options.externalTrafficPolicy, healthCheck),
  };
}
