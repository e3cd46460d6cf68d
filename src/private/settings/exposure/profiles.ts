import type { Exposure } from '../../../exposure';
import { awsNlb } from './aws-nlb';
import { azure } from './azure';
import { digitalOcean } from './digital-ocean';
import { gke } from './gke';
import { clusterIp, headless, httpRoute, ingress } from './in-cluster';
import { kubeVip } from './kube-vip';
import { loadBalancer } from './load-balancer';
import { metalLb } from './metal-lb';
import { nodePort } from './node-port';
import type { Profile } from './profile';

/** What each method of `Exposure` makes of its options. */
const PROFILES: Record<Exposure['_factory'], (options: never) => Profile> = {
  loadBalancer,
  nodePort,
  awsNlb,
  gke,
  azure,
  digitalOcean,
  metalLb,
  kubeVip,
  clusterIp,
  headless,
  ingress,
  httpRoute,
};

/**
 * The profile of an exposure.
 */
export function profileOf({ _factory: factory, _options: options }: Exposure): Profile {
  return PROFILES[factory](options as never);
}
