import { isDeepStrictEqual } from 'node:util';
import { once } from '../../model/values/once.js';
import { areVersionsOfOne } from '../../model/workloads/versions.js';
import type { Workload } from '../../model/workloads/workload.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const pdbSelectsTwo: StateRule = {
  id: 'pdb-selects-two',
  severity: 'warning',
  reason:
    'the budget counts the pods of both together: a drain may evict all pods of one, or wait for one because of the other',
  fix: 'write a PodDisruptionBudget for each, with the labels that only its pods have',
  check: (state) => {
    // A drain leaves the pods of DaemonSets alone.
    const drained = once((workloads: readonly Workload[]) =>
      state.running(workloads).filter(({ object }) => object.kind !== 'DaemonSet'),
    );
    // Versions of one application answer the same requests, whichever of them a drain takes.
    const standInForEachOther = once((workloads: readonly Workload[]) => {
      const [services, ...others] = workloads.map((workload) => state.servicesOf(workload));
      return (
        others.every((other) => isDeepStrictEqual(other, services)) && areVersionsOfOne(state, workloads)
      );
    });
    return state.budgets.flatMap((object) => {
      const workloads = drained(state.protectedBy(object));
      const [first, second] = workloads;
      if (second === undefined || !state.someServe(workloads) || standInForEachOther(workloads)) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'selector'],
          what: `its selector matches pods of ${title(first.object)} and ${title(second.object)}`,
        },
      ];
    });
  },
};
