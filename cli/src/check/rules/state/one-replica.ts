import { replacesPods } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const oneReplica: StateRule = {
  id: 'one-replica',
  severity: 'warning',
  reason:
    'when the node of the only pod is drained, or the pod is evicted, nobody answers until another one serves',
  fix: 'set replicas, or minReplicas of the autoscaler, to 2 or more',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind !== 'DaemonSet' && state.fewestPods(workload) === 1)
      // stateful-set-one-replica says more of these.
      .filter((workload) => workload.object.kind !== 'StatefulSet' || !replacesPods(workload))
      .map(({ object }) => ({ object, path: ['spec', 'replicas'], what: 'one pod answers all requests' })),
};
