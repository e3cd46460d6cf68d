import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const pdbSelectsTwo: StateRule = {
  id: 'pdb-selects-two',
  severity: 'warning',
  reason:
    'pods of one make up for those of the other: a drain may take all of one, or wait for one because of the other',
  fix: 'write a PodDisruptionBudget for each, with the labels that only its pods have',
  check: (state) =>
    state.budgets.flatMap((object) => {
      const workloads = state
        .protectedBy(object)
        .filter(({ object: { kind }, replicas }) => kind !== 'DaemonSet' && replicas !== 0);
      const [first, second] = workloads;
      if (second === undefined || !workloads.some((workload) => state.isServing(workload))) return [];
      return [
        {
          object,
          path: ['spec', 'selector'],
          what: `its selector matches pods of ${title(first.object)} and ${title(second.object)}`,
        },
      ];
    }),
};
