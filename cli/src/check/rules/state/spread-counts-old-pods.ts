import { matchesSelector } from '../../model/selectors/selector.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { at, items, shown } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const spreadCountsOldPods: StateRule = {
  id: 'spread-counts-old-pods',
  severity: 'info',
  reason: 'old pods are counted until they are gone, so after a rollout the new ones are spread unevenly',
  fix: 'add matchLabelKeys: [pod-template-hash] to the constraint',
  check: (state) =>
    state.serving().flatMap(({ object, pod }) =>
      object.kind !== 'Deployment'
        ? []
        : items(pod.spec.topologySpreadConstraints)
            .filter(({ item }) => matchesSelector(item.labelSelector, pod.labels) && !item.matchLabelKeys)
            .map(({ index }) => ({
              object,
              path: [...POD_PATH, 'topologySpreadConstraints', index],
              what: `the spread over ${shown(at(pod.spec, 'topologySpreadConstraints', index, 'topologyKey'))} counts old pods`,
            })),
    ),
};
