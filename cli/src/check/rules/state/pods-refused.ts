import { few } from '../../model/values/few.js';
import { groupBy } from '../../model/values/grouped.js';
import { ContainerLimits } from '../../model/admission/limit-range.js';
import { once } from '../../model/values/once.js';
import { violations } from '../../model/admission/pod-security.js';
import { quotasOf, takenBy } from '../../model/admission/quota.js';
import type { State } from '../../model/state.js';
import { POD_PATH, type Workload } from '../../model/workloads/workload.js';
import { at, items, type Path } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { Breach, StateRule } from '../rule.js';

export const podsRefused: StateRule = {
  id: 'pods-refused',
  severity: 'error',
  reason:
    'the workload is applied, and its namespace refuses its pods: none is replaced, after a change, a drain or a crash',
  fix: 'correct the pods, or change what the namespace asks of them, before either is applied',
  check: (state) => {
    const limits = byNamespace(state, 'LimitRange', (ranges) => new ContainerLimits(ranges));
    const quotas = byNamespace(state, 'ResourceQuota', quotasOf);
    return inTurn(state.running(state.workloads), (workload) => [
      ...ofPodSecurity(workload, state.namespace(workload.object.namespace)),
      ...ofLimits(workload, limits(workload.object.namespace)),
      ...ofQuotas(workload, quotas(workload.object.namespace), limits(workload.object.namespace)),
    ]);
  },
};

/** Works something out of the objects of a kind in a namespace, once for each namespace. */
function byNamespace<T>(state: State, kind: string, workOut: (objects: readonly ManifestObject[]) => T) {
  const groups = groupBy(state.ofKind('', kind), ({ namespace }) => namespace);
  return once((namespace: string) => workOut(groups.get(namespace) ?? []));
}

const ENFORCE = 'pod-security.kubernetes.io/enforce';

function ofPodSecurity({ object, pod }: Workload, namespace: ManifestObject | undefined): readonly Breach[] {
  const level = at(namespace?.body, 'metadata', 'labels', ENFORCE);
  if (namespace === undefined || (level !== 'baseline' && level !== 'restricted')) {
    return [];
  }
  const found = violations(pod.spec, level);
  if (found.length === 0) {
    return [];
  }
  const { first, count } = few(found, found.length);
  const more = count > first.length ? ` and ${count - first.length} more` : '';
  const all = first.map(({ what }) => what).join('; ');
  return [breach(object, found[0].path, `${title(namespace)} enforces ${level}: ${all}${more}`)];
}

function ofLimits({ object, pod: { spec } }: Workload, limits: ContainerLimits): readonly Breach[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    items(spec[list]).flatMap(({ index, item }) =>
      limits
        .refused(item)
        .map(({ path, what }) =>
          breach(object, [list, index, 'resources', ...path], `${what} by a LimitRange`),
        ),
    ),
  );
}

function ofQuotas(
  { object, pod }: Workload,
  quotas: ReturnType<typeof quotasOf>,
  limits: ContainerLimits,
): readonly Breach[] {
  return quotas
    .filter(({ counts }) => counts !== undefined && !limits.hasDefault(counts.list, counts.resource))
    .filter((quota) => takenBy(pod, quota) === undefined)
    .map((quota) =>
      breach(
        object,
        ['containers'],
        `${title(quota.object)} counts ${quota.name}, which not every container has in its resources`,
      ),
    );
}

function breach(object: ManifestObject, path: Path, what: string): Breach {
  return { object, path: [...POD_PATH, ...path], what };
}
