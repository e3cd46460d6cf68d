import { endsByItself } from '../../model/workloads/pod.js';
import type { StateRule } from '../rule.js';

export const barePod: StateRule = {
  id: 'bare-pod',
  severity: 'error',
  reason:
    'nothing starts this pod again elsewhere when its node is drained, and nothing rolls a new version out',
  fix: 'write a Deployment with this pod as its template, with 2 replicas or more',
  check: (state) =>
    state.otherPods
      .filter(({ object, pod }) => object.kind === 'Pod' && !endsByItself(pod))
      .filter((pod) => state.isSelected(pod))
      .map(({ object }) => ({ object, path: [], what: 'a pod without a workload answers requests' })),
};
