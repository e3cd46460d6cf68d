import { replacesPods } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const updateOnDelete: StateRule = {
  id: 'update-on-delete',
  severity: 'info',
  reason: 'nothing is rolled out: a pod gets the new version when a drain, a crash or somebody replaces it',
  fix: 'set updateStrategy.type: RollingUpdate, or delete the pods one by one after each change',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind !== 'Deployment' && !replacesPods(workload))
      .map(({ object }) => ({
        object,
        path: ['spec', 'updateStrategy', 'type'],
        what: 'the update strategy is OnDelete',
      })),
};
