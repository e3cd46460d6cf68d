import { mayMissAll, replacesPods, surges } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const daemonSetAllUnavailable: StateRule = {
  id: 'daemon-set-all-unavailable',
  severity: 'error',
  reason: 'a rollout takes the pods of all nodes away before a new one serves',
  fix: 'set updateStrategy.rollingUpdate.maxSurge: 1 and maxUnavailable: 0, or maxUnavailable: 1',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind === 'DaemonSet' && replacesPods(workload))
      .filter((workload) => !surges(workload) && mayMissAll(workload))
      .map(({ object }) => ({
        object,
        path: ['spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'],
        what: 'all pods may be missing during a rollout',
      })),
};
