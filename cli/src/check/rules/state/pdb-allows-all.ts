import { disruptionsAllowed } from '../../model/budget.js';
import { fields } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const pdbAllowsAll: StateRule = {
  id: 'pdb-allows-all',
  severity: 'warning',
  reason: 'a drain may evict all pods at once, as if there were no budget',
  fix: 'write maxUnavailable: 1, or a share that leaves the pods that bear the load',
  check: (state) => {
    const serving = new Set(state.serving());
    return state.budgets.flatMap((object) => {
      const workloads = state.protectedBy(object);
      if (!workloads.some((workload) => serving.has(workload))) return [];
      if (workloads.some((workload) => state.budgetsOf(workload).length > 1)) return [];
      const pods = workloads.reduce((sum, workload) => sum + state.fewestPods(workload), 0);
      if (pods < 2 || (disruptionsAllowed(object, pods) ?? 0) < pods) return [];
      const owners = workloads.map((workload) => title(workload.object)).join(' and ');
      return [
        {
          object,
          path: ['spec', 'maxUnavailable' in fields(object.body.spec) ? 'maxUnavailable' : 'minAvailable'],
          what: `all ${pods} pods of ${owners} may go at once`,
        },
      ];
    });
  },
};
