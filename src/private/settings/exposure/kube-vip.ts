import { ServiceType } from 'cdk8s-plus-27';
import type { KubeVipOptions } from '../../../exposure-options';
import { QUALIFIED_NAME } from '../../kubernetes/names';
import { addressAnnotation, announcementFollowing } from './announcement';
import { checkName } from './names';
import type { Profile } from './profile';

/**
 * Source: a lease of 5 s in the manifests that it generates, and "around ~3 seconds" of
 * https://kube-vip.io/docs/troubleshooting/arp/
 */
const ANNOUNCEMENT_SECONDS = 5 + 3;

/**
 * An address that kube-vip announces. It has no health checks: it follows the ready pods.
 *
 * Source: https://kube-vip.io/docs/usage/kubernetes-services/
 */
export function kubeVip(options: KubeVipOptions): Profile {
  checkName('loadBalancerClass', options.loadBalancerClass, QUALIFIED_NAME, 'kube-vip.io/kube-vip-class');
  return {
    name: 'kube-vip',
    type: ServiceType.LOAD_BALANCER,
    loadBalancerClass: options.loadBalancerClass,
    annotations: addressAnnotation('kube-vip.io/loadbalancerIPs', options.addresses),
    ...announcementFollowing(ANNOUNCEMENT_SECONDS, options.externalTrafficPolicy),
  };
}
