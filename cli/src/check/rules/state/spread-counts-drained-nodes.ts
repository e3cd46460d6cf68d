import { matchesSelector } from '../../model/selectors/selector.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { items } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const spreadCountsDrainedNodes: StateRule = {
  id: 'spread-counts-drained-nodes',
  severity: 'warning',
  reason:
    'a node that is drained or tainted counts as one without pods, so a new pod finds no place on nodes that have one already',
  fix: 'add nodeTaintsPolicy: Honor to the constraint, or set whenUnsatisfiable: ScheduleAnyway',
  check: (state) =>
    state
      .serving()
      .filter(({ object }) => object.kind !== 'DaemonSet')
      .flatMap(({ object, pod }) =>
        items(pod.spec.topologySpreadConstraints)
          .filter(({ item }) => item.topologyKey === 'kubernetes.io/hostname' && item.maxSkew === 1)
          .filter(({ item }) => item.whenUnsatisfiable !== 'ScheduleAnyway')
          .filter(({ item }) => item.nodeTaintsPolicy !== 'Honor')
          .filter(({ item }) => matchesSelector(item.labelSelector, pod.labels))
          .map(({ index }) => ({
            object,
            path: [...POD_PATH, 'topologySpreadConstraints', index],
            what: 'no node may have more than one pod more than a drained node, which has none',
          })),
      ),
};
