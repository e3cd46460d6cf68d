import { boundsOf, replacesPods } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const statefulSetDips: StateRule = {
  id: 'stateful-set-dips',
  severity: 'info',
  reason:
    'a StatefulSet ends a pod before it starts the next one in its place, so the other one gets all requests until that serves',
  fix: 'set replicas to 3 or more, or use a Deployment if the pods need no volume and no name of their own',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind === 'StatefulSet' && replacesPods(workload))
      .filter((workload) => state.fewestPods(workload) === 2 && boundsOf(workload, 2) === undefined)
      .map(({ object }) => ({
        object,
        path: ['spec', 'replicas'],
        what: 'one of 2 pods is missing during a rollout',
      })),
};
