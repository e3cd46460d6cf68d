import { replacesPods, surges, type Workload } from '../../model/workload.js';
import { at } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const internalTrafficLocal: StateRule = {
  id: 'internal-traffic-local',
  severity: 'warning',
  reason: 'requests from a node without a ready pod of its own are dropped, though other nodes have one',
  fix: 'set internalTrafficPolicy: Cluster, or use a DaemonSet with maxSurge: 1 and maxUnavailable: 0',
  check: (state) =>
    state.services
      .filter(({ body }) => at(body, 'spec', 'internalTrafficPolicy') === 'Local')
      .flatMap((object) =>
        state
          .reachedBy(object)
          .filter(({ replicas }) => replicas !== 0)
          .filter((workload) => !isOnEveryNode(workload))
          .map((workload) => ({
            object,
            path: ['spec', 'internalTrafficPolicy'],
            what: `Local, and ${title(workload.object)} does not keep a ready pod on each node`,
          })),
      ),
};

function isOnEveryNode(workload: Workload): boolean {
  return workload.object.kind === 'DaemonSet' && (surges(workload) || !replacesPods(workload));
}
