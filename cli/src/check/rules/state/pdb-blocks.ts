import { disruptionsAllowed } from '../../model/budget.js';
import { fields } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const pdbBlocks: StateRule = {
  id: 'pdb-blocks',
  severity: 'error',
  reason:
    'no pod may ever be evicted: drains wait until somebody deletes pods by hand, all of a node at once',
  fix: 'let one pod go at least: maxUnavailable: 1, and 2 replicas or more',
  check: (state) =>
    state.budgets.flatMap((object) => {
      const workloads = state.protectedBy(object);
      const pods = workloads.reduce((sum, workload) => sum + state.fewestPods(workload), 0);
      if (pods === 0 || workloads.some((workload) => workload.object.kind === 'DaemonSet')) return [];
      if (disruptionsAllowed(object, pods) !== 0) return [];
      const owners = workloads.map((workload) => title(workload.object)).join(' and ');
      return [
        {
          object,
          path: ['spec', 'maxUnavailable' in fields(object.body.spec) ? 'maxUnavailable' : 'minAvailable'],
          what: `none of the ${pods} pods of ${owners} may go`,
        },
      ];
    }),
};
