import { pathsOf } from '../../model/ingress.js';
import { servedAfter } from '../../model/served-paths.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const ingressHostRemoved: UpgradeRule = {
  id: 'ingress-host-removed',
  severity: 'error',
  reason: 'requests to this host get no answer of the application any more',
  fix: 'keep the host until nobody uses it',
  check: (from, to) => {
    const served = servedAfter(from, to);
    return inTurn(from.ofKind('networking.k8s.io', 'Ingress'), (before) => {
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
