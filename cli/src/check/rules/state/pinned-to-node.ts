import { POD_PATH, type Workload } from '../../model/workloads/workload.js';
import { at, items, type Path } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const pinnedToNode: StateRule = {
  id: 'pinned-to-node',
  severity: 'error',
  reason:
    'when that node is drained, the pods may run on no other one: the drain does not end, or nobody answers',
  fix: 'choose nodes by a label that several have, or let the scheduler choose',
  check: (state) =>
    state
      .serving()
      .filter(({ object }) => object.kind !== 'DaemonSet')
      .flatMap((workload) => {
        const path = pinOf(workload);
        if (path === undefined) {
          return [];
        }
        return [
          { object: workload.object, path: [...POD_PATH, ...path], what: 'all pods have to be on one node' },
        ];
      }),
};

const HOSTNAME = 'kubernetes.io/hostname';

/** What holds the pods on one node. */
function pinOf({ pod: { spec } }: Workload): Path | undefined {
  if (spec.nodeName) {
    return ['nodeName'];
  }
  if (at(spec, 'nodeSelector', HOSTNAME)) {
    return ['nodeSelector', HOSTNAME];
  }
  const path = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'];
  const terms = items(at(spec, ...path, 'nodeSelectorTerms'));
  const names = terms.map(({ item }) =>
    items(item.matchExpressions).find((one) => one.item.key === HOSTNAME && one.item.operator === 'In'),
  );
  const [first] = names;
  const isOne = names.length === 1 && Array.isArray(first?.item.values) && first.item.values.length === 1;
  return isOne ? path : undefined;
}
