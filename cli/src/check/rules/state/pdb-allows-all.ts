import { limitPath, protectionOf } from '../../model/budget.js';
import type { StateRule } from '../rule.js';

export const pdbAllowsAll: StateRule = {
  id: 'pdb-allows-all',
  severity: 'warning',
  reason: 'a drain may evict all pods at once, as if there were no budget',
  fix: 'write maxUnavailable: 1, or a share that leaves the pods that bear the load',
  check: (state) =>
    state.budgets.flatMap((object) => {
      const { workloads, pods, allowed, owners } = protectionOf(state, object);
      if (!workloads.some((workload) => state.isServing(workload))) return [];
      if (workloads.some((workload) => state.budgetsOf(workload).length > 1)) return [];
      if (pods < 2 || allowed === undefined || allowed < pods) return [];
      return [{ object, path: limitPath(object), what: `all ${pods} pods of ${owners} may go at once` }];
    }),
};
