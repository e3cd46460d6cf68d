import { matchesSelector, requirementsOf } from '../../model/selectors/selector.js';
import { boundsOf, POD_PATH } from '../../model/workloads/workload.js';
import { at, items, type Fields } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const antiAffinityBlocksSurge: StateRule = {
  id: 'anti-affinity-blocks-surge',
  severity: 'warning',
  reason: 'a new pod finds no node when every node has an old one, and no old one goes before it serves',
  fix: 'prefer it (preferredDuringScheduling...), or add matchLabelKeys: [pod-template-hash]',
  check: (state) =>
    state.serving().flatMap((workload) => {
      const bounds = boundsOf(workload, state.fewestPods(workload));
      const terms = [...ANTI_AFFINITY, 'requiredDuringSchedulingIgnoredDuringExecution'];
      if (bounds === undefined || bounds.unavailable > 0) {
        return [];
      }
      return items(at(workload.pod.spec, ...terms))
        .filter(({ item }) => isOfNamespace(item, workload.object.namespace))
        .filter(
          ({ item }) => matchesSelector(item.labelSelector, workload.pod.labels) && !item.matchLabelKeys,
        )
        .map(({ index }) => ({
          object: workload.object,
          path: [...POD_PATH, ...terms, index],
          what: 'each pod requires a node without another pod, even of the old version',
        }));
    }),
};

const ANTI_AFFINITY = ['affinity', 'podAntiAffinity'];

/** Whether a term certainly counts pods of a namespace, that of the pod itself: by default it does. */
function isOfNamespace({ namespaces, namespaceSelector }: Fields, namespace: string): boolean {
  const named: readonly unknown[] = Array.isArray(namespaces) ? namespaces : [];
  const asked = requirementsOf(namespaceSelector);
  if (asked === undefined) {
    return named.length === 0 || named.includes(namespace);
  }
  return asked.length === 0 || named.includes(namespace);
}
