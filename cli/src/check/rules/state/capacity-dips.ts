import { boundsOf, unavailablePath } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const capacityDips: StateRule = {
  id: 'capacity-dips',
  severity: 'warning',
  reason: 'a rollout takes pods away before new ones serve, and the others get their load',
  fix: 'set strategy.rollingUpdate.maxUnavailable: 0 and maxSurge: 1 or more; for a StatefulSet, maxUnavailable: 1',
  check: (state) =>
    state.serving().flatMap((workload) => {
      const pods = state.fewestPods(workload);
      const bounds = boundsOf(workload, pods);
      if (bounds === undefined || bounds.unavailable === 0 || bounds.unavailable >= pods) {
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
