import { replacesPods } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const statefulSetOrdered: StateRule = {
  id: 'stateful-set-ordered',
  severity: 'info',
  reason:
    'a new pod that never becomes ready holds the rollout, and its rollback too, until somebody deletes that pod',
  fix: 'set podManagementPolicy: Parallel when the StatefulSet is made, as the field cannot be changed; or delete the pod after a rollback',
  check: (state) =>
    state
      .serving()
      .filter(({ object, spec }) => object.kind === 'StatefulSet' && spec.podManagementPolicy !== 'Parallel')
      .filter(replacesPods)
      .map(({ object }) => ({
        object,
        path: ['spec', 'podManagementPolicy'],
        what: 'its pods are replaced only while all others are ready (OrderedReady)',
      })),
};
