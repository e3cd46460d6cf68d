import type { LoadBalancerOptions } from '../service-options';
import type { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';

/**
 * What the user says of the Service, whatever the exposure.
 */
export function serviceOptions({ exposure }: ZeroDowntimeDeploymentProps): LoadBalancerOptions {
  return exposure?._options ?? {};
}
