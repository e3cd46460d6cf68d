import { ServiceType } from 'cdk8s-plus-27';
import type { MetalLbOptions } from '../../../exposure-options';
import { QUALIFIED_NAME, SUBDOMAIN } from '../../kubernetes/names';
import { addressAnnotation, announcementFollowing } from './announcement';
import { checkName } from './names';
import type { Profile } from './profile';

/** Source: "within a few seconds", a bug above "about 10s", https://metallb.io/concepts/layer2/ */
const ANNOUNCEMENT_SECONDS = 10;

/**
 * An address that MetalLB announces. It has no health checks: it follows the ready pods.
 *
 * Source: https://metallb.io/usage/
 */
export function metalLb(options: MetalLbOptions): Profile {
  const { addressPool, addresses, loadBalancerClass } = options;
  checkName('addressPool', addressPool, SUBDOMAIN, 'public');
  checkName('loadBalancerClass', loadBalancerClass, QUALIFIED_NAME, 'example.com/metallb');
  return {
    name: 'MetalLB',
    type: ServiceType.LOAD_BALANCER,
    loadBalancerClass,
    annotations: {
      ...(addressPool !== undefined && { 'metallb.io/address-pool': addressPool }),
      ...addressAnnotation('metallb.io/loadBalancerIPs', addresses),
    },
    ...announcementFollowing(ANNOUNCEMENT_SECONDS, options.externalTrafficPolicy),
  };
}
