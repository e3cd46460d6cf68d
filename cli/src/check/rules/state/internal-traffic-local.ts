import { fewTitles } from '../../model/values/few.js';
import { once } from '../../model/values/once.js';
import { replacesPods, surges, type Workload } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const internalTrafficLocal: StateRule = {
  id: 'internal-traffic-local',
  severity: 'warning',
  reason: 'requests from a node without a ready pod of its own are dropped, though other nodes have one',
  fix: 'set internalTrafficPolicy: Cluster, or use a DaemonSet with maxSurge: 1 and maxUnavailable: 0',
  check: (state) => {
    const notOnEveryNode = once((workloads: readonly Workload[]) =>
      fewTitles(state.running(workloads).filter((workload) => !isOnEveryNode(workload))),
    );
    return state.services
      .filter(({ body }) => at(body, 'spec', 'internalTrafficPolicy') === 'Local')
      .flatMap((object) =>
        notOnEveryNode(state.reachedBy(object)).map((owner) => ({
          object,
          path: ['spec', 'internalTrafficPolicy'],
          what: `Local, and ${owner} does not keep a ready pod on each node`,
        })),
      );
  },
};

function isOnEveryNode(workload: Workload): boolean {
  return workload.object.kind === 'DaemonSet' && (surges(workload) || !replacesPods(workload));
}
