import { ServiceType } from 'cdk8s-plus-27';
import type { LoadBalancerExposureOptions } from '../../../exposure-options';
import { QUALIFIED_NAME } from '../../kubernetes/names';
import { checkName } from './names';
import type { Profile } from './profile';
import { askedPropagation } from './propagation';

/**
 * A load balancer of which only the user's options are known.
 */
export function loadBalancer(options: LoadBalancerExposureOptions): Profile {
  const { loadBalancerClass } = options;
  checkName('loadBalancerClass', loadBalancerClass, QUALIFIED_NAME, 'example.com/internal');
  return {
    name: 'a load balancer',
    type: ServiceType.LOAD_BALANCER,
    loadBalancerClass,
    annotations: {},
    ...askedPropagation(options),
  };
}
