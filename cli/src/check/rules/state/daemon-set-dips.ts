import { takesHostPorts } from '../../model/workloads/pod.js';
import { mayMissAll, replacesPods, surges } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const daemonSetDips: StateRule = {
  id: 'daemon-set-dips',
  severity: 'info',
  reason: 'the pod of a node ends before the next one serves there',
  fix: 'set updateStrategy.rollingUpdate.maxSurge: 1 and maxUnavailable: 0',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind === 'DaemonSet' && replacesPods(workload))
      .filter((workload) => !surges(workload) && !mayMissAll(workload))
      // Where pods take ports of their node, two of them cannot be there.
      .filter(({ pod }) => !takesHostPorts(pod))
      .map(({ object }) => ({
        object,
        path: ['spec', 'updateStrategy'],
        what: 'a rollout takes the pod of a node away before the next one is there',
      })),
};
