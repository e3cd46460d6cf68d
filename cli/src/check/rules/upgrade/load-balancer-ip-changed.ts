import { annotation, typeOf } from '../../model/service.js';
import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const loadBalancerIpChanged: UpgradeRule = {
  id: 'load-balancer-ip-changed',
  severity: 'error',
  reason: 'the address that clients have is given back as soon as the Service gets the other one',
  fix: 'make a second Service with the other address, move DNS to it, then take the first away',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter((change) => Object.values(change).every((service) => typeOf(service) === 'LoadBalancer'))
      .flatMap(({ before: old, object }) => {
        const [before, after] = [old, object].map(addressOf);
        // An address that is written down for the first time, or no more, may be the one that the Service has.
        if (before === undefined || after === undefined || before === after) {
          return [];
        }
        return [{ object, path: ['spec', 'loadBalancerIP'], what: `it was ${before} and is ${after}` }];
      }),
};

function addressOf(service: ManifestObject): string | undefined {
  return (
    text(at(service.body, 'spec', 'loadBalancerIP')) ??
    annotation(service, 'metallb.io/loadBalancerIPs') ??
    annotation(service, 'kube-vip.io/loadbalancerIPs')
  );
}
