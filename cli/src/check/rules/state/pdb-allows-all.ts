import { disruptionsAllowed, limitPath, protection } from '../../model/workloads/budget.js';
import { once } from '../../model/values/once.js';
import type { Workload } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const pdbAllowsAll: StateRule = {
  id: 'pdb-allows-all',
  severity: 'warning',
  reason: 'a drain may evict all pods at once, as if there were no budget',
  fix: 'write maxUnavailable: 1, or a percentage that leaves enough pods for the load',
  check: (state) => {
    const protectedBy = protection(state);
    const isTwice = once((workloads: readonly Workload[]) =>
      workloads.some((workload) => state.budgetsOf(workload).length > 1),
    );
    return state.budgets.flatMap((object) => {
      const { workloads, pods, owners } = protectedBy(object);
      const allowed = disruptionsAllowed(object, pods);
      if (!state.someServe(workloads) || isTwice(workloads)) {
        return [];
      }
      if (pods < 2 || allowed === undefined || allowed < pods) {
        return [];
      }
      return [{ object, path: limitPath(object), what: `all ${pods} pods of ${owners} may go at once` }];
    });
  },
};
