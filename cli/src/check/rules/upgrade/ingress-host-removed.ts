import { at, items, text } from '../../read/fields.js';
import { type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const ingressHostRemoved: UpgradeRule = {
  id: 'ingress-host-removed',
  severity: 'error',
  reason: 'requests to this host get no answer of the application any more',
  fix: 'keep the host until nobody uses it',
  check: (from, to) =>
    to.objects
      .filter(({ group, kind }) => group === 'networking.k8s.io' && kind === 'Ingress')
      .flatMap((object) => {
        const before = from.find(object);
        const hosts = hostsOf(object);
        return (before === undefined ? [] : hostsOf(before))
          .filter((host) => !hosts.includes(host))
          .map((host) => ({ object, path: ['spec', 'rules'], what: `the host ${host} is gone` }));
      }),
};

function hostsOf({ body }: ManifestObject): readonly string[] {
  return items(at(body, 'spec', 'rules')).map(({ item }) => text(item.host) ?? '*');
}
