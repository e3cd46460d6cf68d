import { pathsOf } from '../../model/ingress.js';
import { ServedPaths } from '../../model/served-paths.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const backendNotRunning: UpgradeRule = {
  id: 'backend-not-running',
  severity: 'error',
  reason: 'the Ingress sends requests to pods that do not serve before this change has rolled out',
  fix: 'first apply the Service and its pods, and when they are ready, the Ingress',
  check: (from, to) =>
    inTurn(to.changes(from, to.ofKind('networking.k8s.io', 'Ingress')), ({ before, object }) => {
      const old = new ServedPaths(pathsOf(before));
      const switched = pathsOf(object).filter(
        (path) =>
          path.service !== undefined &&
          old.servicesFor(path).some((services) => services.size > 1 || !services.has(path.service)),
      );
      const names = [...new Set(switched.map(({ service }) => service ?? ''))];
      return names.flatMap((name) => {
        const service = to.beside(object, '', 'Service', name);
        if (service === undefined || to.behind(service).length === 0) {
          return [];
        }
        if (from.runningBehind(service).length > 0) {
          return [];
        }
        return [
          {
            object,
            path: ['spec', 'rules'],
            what: `it sends requests to the Service ${name}, whose pods do not run yet`,
          },
        ];
      });
    }),
};
