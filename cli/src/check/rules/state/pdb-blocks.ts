import { disruptionsAllowed, limitPath, protection } from '../../model/budget.js';
import { once } from '../../model/once.js';
import type { Workload } from '../../model/workload.js';
import type { StateRule } from '../rule.js';

export const pdbBlocks: StateRule = {
  id: 'pdb-blocks',
  severity: 'error',
  reason:
    'no pod may ever be evicted: drains wait until somebody deletes pods by hand, all of a node at once',
  fix: 'let one pod go at least: maxUnavailable: 1, and 2 replicas or more',
  check: (state) => {
    const protectedBy = protection(state);
    const hasDaemonSet = once((workloads: readonly Workload[]) =>
      workloads.some((workload) => workload.object.kind === 'DaemonSet'),
    );
    return state.budgets.flatMap((object) => {
      const { workloads, pods, owners } = protectedBy(object);
      if (pods === 0 || hasDaemonSet(workloads)) {
        return [];
      }
      if (disruptionsAllowed(object, pods) !== 0) {
        return [];
      }
      return [{ object, path: limitPath(object), what: `none of the ${pods} pods of ${owners} may go` }];
    });
  },
};
