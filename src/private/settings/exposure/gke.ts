import { ServiceType } from 'cdk8s-plus-27';
import type { GkeOptions } from '../../../exposure-options';
import { GKE } from '../../clouds/gke';
import { nodePropagation, resolveHealthCheck } from './health-check';
import type { Profile } from './profile';

/**
 * A passthrough Network Load Balancer of Google Cloud as GKE makes it.
 *
 * Source: https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer
 */
export function gke({ internalLoadBalancer, externalTrafficPolicy }: GkeOptions): Profile {
  return {
    name: 'a load balancer of GKE',
    type: ServiceType.LOAD_BALANCER,
    annotations: internalLoadBalancer
      ? { 'networking.gke.io/load-balancer-type': 'Internal' }
      : { 'cloud.google.com/l4-rbs': 'enabled' },
    ...nodePropagation(GKE.nodes, externalTrafficPolicy, resolveHealthCheck({}, GKE.nodes.healthCheck)),
  };
}
