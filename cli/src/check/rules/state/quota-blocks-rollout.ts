import { fullQuotas } from '../../model/admission/full-quota.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const quotaBlocksRollout: StateRule = {
  id: 'quota-blocks-rollout',
  severity: 'warning',
  reason:
    'a rollout waits for a new pod that the ResourceQuota of its namespace does not allow, and never ends',
  fix: 'raise the quota by what one more pod takes, or set maxSurge: 0 and maxUnavailable: 1 with two replicas or more',
  check: (state) => {
    const full = fullQuotas(state);
    return inTurn(state.running(state.workloads), (workload) =>
      full(workload).map((what) => ({ object: workload.object, path: ['spec', 'strategy'], what })),
    );
  },
};
