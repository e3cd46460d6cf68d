import { groupBy } from '../../model/grouped.js';
import { quotasOf, takenBy } from '../../model/quota.js';
import { boundsOf } from '../../model/workload.js';
import { title } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const quotaBlocksRollout: StateRule = {
  id: 'quota-blocks-rollout',
  severity: 'warning',
  reason:
    'a rollout waits for a new pod that the ResourceQuota of its namespace does not allow, and never ends',
  fix: 'raise the quota by what one more pod takes, or set maxSurge: 0 and maxUnavailable: 1 with two replicas or more',
  check: (state) => {
    const quotas = groupBy(state.ofKind('', 'ResourceQuota'), ({ namespace }) => namespace);
    const workloads = groupBy(state.running(state.workloads), ({ object }) => object.namespace);
    return inTurn(quotas, ([namespace, objects]) =>
      inTurn(quotasOf(objects), (quota) => {
        const all = workloads.get(namespace) ?? [];
        const taken = all.reduce(
          (sum, workload) => sum + (takenBy(workload.pod, quota) ?? 0) * state.fewestPods(workload),
          0,
        );
        return inTurn(all, (workload) => {
          const bounds = boundsOf(workload, state.fewestPods(workload));
          const more = takenBy(workload.pod, quota) ?? 0;
          if (bounds === undefined || bounds.unavailable > 0 || taken + more <= quota.most * TOLERANCE) {
            return [];
          }
          return [
            {
              object: workload.object,
              path: ['spec', 'strategy'],
              what: `one pod more than there are exceeds ${quota.name}: ${quota.written} of ${title(quota.object)}`,
            },
          ];
        });
      }),
    );
  },
};

/** Sums of numbers such as 0.1 are not exact. */
const TOLERANCE = 1 + 1e-9;
