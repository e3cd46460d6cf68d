import { entriesOf, pathsOf } from '../../model/entries/entries.js';
import { ServedPaths } from '../../model/entries/served-paths.js';
import type { ServedPath } from '../../model/entries/served-path.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const backendNotRunning: UpgradeRule = {
  id: 'backend-not-running',
  severity: 'error',
  reason: 'the Ingress or route sends requests to pods that do not serve before this change has rolled out',
  fix: 'first apply the Service and its pods, and when they are ready, the Ingress or route',
  check: (from, to) =>
    inTurn(to.changes(from, entriesOf(to)), ({ before, object }) => {
      const old = new ServedPaths(pathsOf(before));
      const names = new Set(pathsOf(object).flatMap((path) => switchedTo(path, old)));
      return [...names].flatMap((key) => {
        const [namespace, name] = key.split('/');
        const service = to.service(namespace, name);
        if (service === undefined || to.behind(service).length === 0) {
          return [];
        }
        if (from.runningBehind(service).length > 0) {
          return [];
        }
        return [
          {
            object,
            path: object.kind === 'Ingress' ? ['spec', 'rules'] : ['spec'],
            what: `it sends requests to the Service ${namespace === object.namespace ? name : key}, whose pods do not run yet`,
          },
        ];
      });
    }),
};

/** The Services of a path that did not get its requests before, or not all of them. */
function switchedTo(path: ServedPath, old: ServedPaths): readonly string[] {
  const before = old.servicesFor(path);
  return path.services.filter((service) =>
    before.some((services) => !services.has(service) || (services.size > 1 && path.services.length === 1)),
  );
}
