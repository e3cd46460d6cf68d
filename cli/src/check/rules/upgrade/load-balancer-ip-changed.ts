import { annotation, typeOf } from '../../model/services/service.js';
import { at, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const loadBalancerIpChanged: UpgradeRule = {
  id: 'load-balancer-ip-changed',
  severity: 'error',
  reason: 'the address that clients have is given back as soon as the other one is there',
  fix: 'make a second object with the other address, move DNS to it, then take the first away',
  check: (from, to) =>
    [
      ...to
        .changes(from, to.services)
        .filter((change) => Object.values(change).every((service) => typeOf(service) === 'LoadBalancer')),
      ...to.changes(from, to.ofKind('gateway.networking.k8s.io', 'Gateway')),
    ].flatMap(({ before: old, object }) => {
      const [before, after] = [old, object].map(addressesOf);
      // An address that is written down for the first time, or no more, may be the one that clients have.
      if (after.size === 0 || [...before].every((address) => after.has(address))) {
        return [];
      }
      const [was, is] = [before, after].map((addresses) => [...addresses].join(', '));
      return [{ object, path: pathOf(object), what: `it was ${was} and is ${is}` }];
    }),
};

/** The annotations in which MetalLB, kube-vip and Cilium read addresses. */
const ANNOTATIONS = [
  'metallb.io/loadBalancerIPs',
  'metallb.universe.tf/loadBalancerIPs',
  'kube-vip.io/loadbalancerIPs',
  'lbipam.cilium.io/ips',
  'io.cilium/lb-ipam-ips',
];

function addressesOf(object: ManifestObject): ReadonlySet<string> {
  if (object.kind === 'Gateway') {
    return new Set(items(at(object.body, 'spec', 'addresses')).flatMap(({ item }) => text(item.value) ?? []));
  }
  const written =
    text(at(object.body, 'spec', 'loadBalancerIP')) ??
    ANNOTATIONS.map((name) => annotation(object, name)).find((one) => one !== undefined);
  return new Set(written?.split(',').map((address) => address.trim()));
}

function pathOf({ kind }: ManifestObject): readonly string[] {
  return ['spec', kind === 'Gateway' ? 'addresses' : 'loadBalancerIP'];
}
