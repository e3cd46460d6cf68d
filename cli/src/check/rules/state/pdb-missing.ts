import type { StateRule } from '../rule.js';

export const pdbMissing: StateRule = {
  id: 'pdb-missing',
  severity: 'warning',
  reason: 'a drain may evict all pods at once',
  fix: 'add a PodDisruptionBudget with maxUnavailable: 1 and the selector of the pods',
  check: (state) =>
    state
      .serving()
      .filter(
        (workload) =>
          workload.object.kind !== 'DaemonSet' &&
          state.fewestPods(workload) > 1 &&
          state.budgetsOf(workload).length === 0,
      )
      .map(({ object }) => ({ object, path: [], what: 'no PodDisruptionBudget selects its pods' })),
};
