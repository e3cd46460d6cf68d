import { APPLICATION_GATEWAY } from './application-gateway';
import { AWS_ALB } from './aws-alb';
import { AWS_NLB } from './aws-nlb';
import { AZURE } from './azure';
import type { IngressController } from './cloud';
import { DIGITAL_OCEAN } from './digital-ocean';
import { GKE } from './gke';
import { GKE_INGRESS } from './gke-ingress';
import { KUBE_VIP } from './kube-vip';
import { METAL_LB } from './metal-lb';

/*
 * Published facts about clouds, one file each. They are plain data, since the command `zero-downtime` has a
 * copy of them: npm run clouds.
 */

export { ENDPOINT_PROPAGATION } from './endpoint-propagation';

/** By the method of `Exposure`. */
export const LOAD_BALANCERS = {
  awsNlb: AWS_NLB,
  azure: AZURE,
  digitalOcean: DIGITAL_OCEAN,
  gke: GKE,
  metalLb: METAL_LB,
  kubeVip: KUBE_VIP,
};

export const INGRESS_CONTROLLERS: readonly IngressController[] = [APPLICATION_GATEWAY, AWS_ALB, GKE_INGRESS];
