import { boundsOf, unavailablePath } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const allPodsUnavailable: StateRule = {
  id: 'all-pods-unavailable',
  severity: 'error',
  reason: 'a rollout may take every pod away before a new one serves',
  fix: 'set strategy.rollingUpdate.maxUnavailable: 0 and maxSurge: 1 or more; for a StatefulSet, maxUnavailable: 1',
  check: (state) =>
    state.serving().flatMap((workload) => {
      const pods = state.fewestPods(workload);
      const bounds = boundsOf(workload, pods);
      if (bounds === undefined || bounds.unavailable < pods) {
        return [];
      }
      return [
        {
          object: workload.object,
          path: unavailablePath(workload),
          what: `${bounds.unavailable} of ${pods} pods may be missing during a rollout`,
        },
      ];
    }),
};
