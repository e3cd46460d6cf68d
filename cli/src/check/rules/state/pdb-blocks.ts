import { limitPath, protectionOf } from '../../model/budget.js';
import type { StateRule } from '../rule.js';

export const pdbBlocks: StateRule = {
  id: 'pdb-blocks',
  severity: 'error',
  reason:
    'no pod may ever be evicted: drains wait until somebody deletes pods by hand, all of a node at once',
  fix: 'let one pod go at least: maxUnavailable: 1, and 2 replicas or more',
  check: (state) =>
    state.budgets.flatMap((object) => {
      const { workloads, pods, allowed, owners } = protectionOf(state, object);
      if (pods === 0 || workloads.some((workload) => workload.object.kind === 'DaemonSet')) return [];
      if (allowed !== 0) return [];
      return [{ object, path: limitPath(object), what: `none of the ${pods} pods of ${owners} may go` }];
    }),
};
