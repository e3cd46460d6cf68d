import { ServiceType } from 'cdk8s-plus-27';
import type { KubeVipOptions } from '../../../exposure-options';
import { KUBE_VIP } from '../../clouds/kube-vip';
import { QUALIFIED_NAME } from '../../kubernetes/names';
import { addressAnnotation } from './addresses';
import { nodePropagation } from './health-check';
import { checkName } from './names';
import type { Profile } from './profile';

/**
 * An address that kube-vip announces.
 *
 * Source: https://kube-vip.io/docs/usage/kubernetes-services/
 */
export function kubeVip(options: KubeVipOptions): Profile {
  checkName('loadBalancerClass', options.loadBalancerClass, QUALIFIED_NAME, 'kube-vip.io/kube-vip-class');
  return {
    name: KUBE_VIP.name,
    type: ServiceType.LOAD_BALANCER,
    loadBalancerClass: options.loadBalancerClass,
    annotations: addressAnnotation('kube-vip.io/loadbalancerIPs', options.addresses),
    ...nodePropagation(KUBE_VIP.nodes, options.externalTrafficPolicy),
  };
}
