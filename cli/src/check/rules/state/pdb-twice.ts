import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const pdbTwice: StateRule = {
  id: 'pdb-twice',
  severity: 'error',
  reason: 'the API server refuses to evict a pod that two budgets select, so a drain does not end',
  fix: 'keep one PodDisruptionBudget for each pod',
  check: (state) =>
    state.workloads.flatMap((workload) => {
      // A drain leaves the pods of DaemonSets alone.
      if (workload.object.kind === 'DaemonSet' || workload.replicas === 0) {
        return [];
      }
      const [first, second] = state.budgetsOf(workload);
      if (second === undefined) {
        return [];
      }
      return [
        {
          object: second,
          path: ['spec', 'selector'],
          what: `${title(first)} selects pods of ${title(workload.object)} too`,
        },
      ];
    }),
};
