import { replacesPods } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const statefulSetOneReplica: StateRule = {
  id: 'stateful-set-one-replica',
  severity: 'warning',
  reason:
    'a StatefulSet ends a pod before it starts the next one in its place, so nobody answers in each rollout and drain',
  fix: 'set replicas to 2 or more, for which a database needs replication, or use a Deployment if the pods need no volume and no name',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind === 'StatefulSet' && replacesPods(workload))
      .filter((workload) => state.fewestPods(workload) === 1)
      .map(({ object }) => ({ object, path: ['spec', 'replicas'], what: 'one pod answers all requests' })),
};
