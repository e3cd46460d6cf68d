import { pathsOf } from '../../model/ingress.js';
import { ServedPaths } from '../../model/served-paths.js';
import type { UpgradeRule } from '../rule.js';

export const ingressHostRemoved: UpgradeRule = {
  id: 'ingress-host-removed',
  severity: 'error',
  reason: 'requests to this host get no answer of the application any more',
  fix: 'keep the host until nobody uses it',
  check: (from, to) => {
    const old = from.ofKind('networking.k8s.io', 'Ingress');
    const kept = old.filter((ingress) => to.find(ingress) === undefined && !to.deletes(ingress));
    const served = new ServedPaths([...to.ofKind('networking.k8s.io', 'Ingress'), ...kept].flatMap(pathsOf));
    return old.flatMap((before) => {
      const object = to.find(before) ?? before;
      return hostsOf(before)
        .filter((host) => !served.hasHost(host))
        .map((host) => ({ object, path: ['spec', 'rules'], what: `the host ${host} is gone` }));
    });
  },
};

function hostsOf(ingress: Parameters<typeof pathsOf>[0]): readonly string[] {
  return [...new Set(pathsOf(ingress).map(({ host }) => host))];
}
