import { ServiceType } from 'cdk8s-plus-27';
import type { GkeOptions } from '../../../exposure-options';
import type { HealthCheckTiming } from './health-check';
import { nodesFollowing } from './health-check';
import type { Profile } from './profile';

/** Source: constants of https://github.com/kubernetes/ingress-gce/blob/master/pkg/healthchecksl4/healthchecksl4.go */
const HEALTH_CHECK: HealthCheckTiming = { interval: 8, unhealthyThreshold: 3, healthyThreshold: 1 };

/**
 * A passthrough Network Load Balancer of Google Cloud as GKE makes it. Its health check cannot be changed.
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
    ...nodesFollowing(HEALTH_CHECK, externalTrafficPolicy),
  };
}
