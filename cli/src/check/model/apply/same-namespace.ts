import type { ManifestObject } from '../../read/object.js';
import { addTo } from '../values/grouped.js';
import { WORKLOAD_KINDS } from '../workloads/workload.js';

/**
 * Gives objects without a namespace the one in which another state has them. A chart that begins to write metadata.namespace
 * means the objects that it had before, which its tool put there, unless the namespace is made by the change itself.
 */
export function inNamespacesOf(
  objects: readonly ManifestObject[],
  others: readonly ManifestObject[],
): readonly ManifestObject[] {
  if (!objects.some(isUnplaced) || others.every(isUnplaced)) {
    return objects;
  }
  const there = namespacesIn(objects);
  const made = new Set([...namespacesIn(others)].filter((name) => !there.has(name)));
  const namespaces = new Map<string, string[]>();
  for (const other of others.filter(({ namespace }) => !made.has(namespace))) {
    addTo(namespaces, nameOf(other), other.namespace);
  }
  const placeOf = (object: ManifestObject) => {
    const [first, second] = namespaces.get(nameOf(object)) ?? [];
    return second === undefined ? first : undefined;
  };
  const places = new Set(objects.filter(isUnplaced).flatMap((object) => placeOf(object) || []));
  const kinds = new Set([
    ...NAMESPACED_KINDS,
    ...[...objects, ...others].filter((one) => !isUnplaced(one)).map(kindOf),
  ]);
  // What the others do not have goes with the rest, if that is in one namespace.
  const [rest] = places.size === 1 ? places : [];
  return objects.map((object) => {
    if (!isUnplaced(object)) {
      return object;
    }
    const gone = namespaces.has(nameOf(object)) || !kinds.has(kindOf(object)) ? undefined : rest;
    const namespace = placeOf(object) || gone;
    return namespace ? { ...object, namespace } : object;
  });
}

/** Kinds that refer to others in their namespace. Of another kind an object shows whether it has namespaces. */
const NAMESPACED_KINDS = [
  ...['ConfigMap', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'].map(
    (kind) => `/${kind}`,
  ),
  ...WORKLOAD_KINDS.map((kind) => `apps/${kind}`),
  'autoscaling/HorizontalPodAutoscaler',
  'gateway.networking.k8s.io/HTTPRoute',
  'networking.k8s.io/Ingress',
  'policy/PodDisruptionBudget',
];

function isUnplaced({ namespace }: ManifestObject): boolean {
  return namespace === '';
}

function namespacesIn(objects: readonly ManifestObject[]): ReadonlySet<string> {
  const spaces = objects.filter((object) => kindOf(object) === '/Namespace');
  return new Set(spaces.map(({ name }) => name));
}

function kindOf({ group, kind }: ManifestObject): string {
  return `${group}/${kind}`;
}

function nameOf(object: ManifestObject): string {
  return `${kindOf(object)}/${object.name}`;
}
