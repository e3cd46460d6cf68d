import { ServiceType } from 'cdk8s-plus-27';
import type { MetalLbOptions } from '../../../exposure-options';
import { METAL_LB } from '../../clouds/metal-lb';
import { QUALIFIED_NAME, SUBDOMAIN } from '../../kubernetes/names';
import { addressAnnotation } from './addresses';
import { nodePropagation } from './health-check';
import { checkName } from './names';
import type { Profile } from './profile';

/**
 * An address that MetalLB announces.
 *
 * Source: https://metallb.io/usage/
 */
export function metalLb(options: MetalLbOptions): Profile {
  const { addressPool, addresses, loadBalancerClass } = options;
  checkName('addressPool', addressPool, SUBDOMAIN, 'public');
  checkName('loadBalancerClass', loadBalancerClass, QUALIFIED_NAME, 'example.com/metallb');
  return {
    name: METAL_LB.name,
    type: ServiceType.LOAD_BALANCER,
    loadBalancerClass,
    annotations: {
      ...(addressPool !== undefined && { 'metallb.io/address-pool': addressPool }),
      ...addressAnnotation('metallb.io/loadBalancerIPs', addresses),
    },
    ...nodePropagation(METAL_LB.nodes, options.externalTrafficPolicy),
  };
}
