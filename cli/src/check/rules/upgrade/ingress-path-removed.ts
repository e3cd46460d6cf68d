import { pathsOf } from '../../model/ingress.js';
import { servedAfter } from '../../model/served-paths.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const ingressPathRemoved: UpgradeRule = {
  id: 'ingress-path-removed',
  severity: 'error',
  reason: 'requests to this path get no answer of the application any more',
  fix: 'keep the path until nobody uses it',
  check: (from, to) => {
    const served = servedAfter(from, to);
    return inTurn(from.ofKind('networking.k8s.io', 'Ingress'), (before) => {
      const object = to.find(before) ?? before;
      return pathsOf(before)
        .filter((path) => served.hasHost(path.host) && served.servicesFor(path).length === 0)
        .map(({ host, path }) => ({
          object,
          path: ['spec', 'rules'],
          what: `the path ${path} of ${host === '*' ? 'all hosts' : `the host ${host}`} is gone`,
        }));
    });
  },
};
