import { disruptionsAllowed } from '../../model/state.js';
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
    state.budgets.flatMap((object) =>
      state
        .protectedBy(object)
        .filter((workload) => workload.object.kind !== 'DaemonSet' && state.fewestPods(workload) > 0)
        .filter((workload) => disruptionsAllowed(object, state.fewestPods(workload)) === 0)
        .map((workload) => ({
          object,
          path: ['spec', 'maxUnavailable' in fields(object.body.spec) ? 'maxUnavailable' : 'minAvailable'],
          what: `none of the ${state.fewestPods(workload)} pods of ${title(workload.object)} may go`,
        })),
    ),
};
