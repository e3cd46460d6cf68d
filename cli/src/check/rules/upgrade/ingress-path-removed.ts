import { pathsOf, servesHost, servesPath } from '../../model/ingress.js';
import type { UpgradeRule } from '../rule.js';

export const ingressPathRemoved: UpgradeRule = {
  id: 'ingress-path-removed',
  severity: 'error',
  reason: 'requests to this path get no answer of the application any more',
  fix: 'keep the path until nobody uses it',
  check: (from, to) => {
    const old = from.ofKind('networking.k8s.io', 'Ingress');
    const kept = old.filter((ingress) => to.find(ingress) === undefined && !to.deletes(ingress));
    const paths = [...to.ofKind('networking.k8s.io', 'Ingress'), ...kept].flatMap(pathsOf);
    return old.flatMap((before) => {
      const object = to.find(before) ?? before;
      return pathsOf(before)
        .filter((path) => paths.some((other) => servesHost(other.host, path.host)))
        .filter((path) => !paths.some((other) => servesPath(other, path)))
        .map(({ host, path }) => ({
          object,
          path: ['spec', 'rules'],
          what: `the path ${path} of ${host === '*' ? 'all hosts' : `the host ${host}`} is gone`,
        }));
    });
  },
};
