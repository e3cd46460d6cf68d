import { at, fields, items, shown } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { Pod } from '../workloads/pod.js';
import { quantity } from '../values/quantity.js';

/** What a ResourceQuota allows all pods of its namespace together. */
export interface Quota {
  readonly object: ManifestObject;
  /** As the quota writes it. */
  readonly name: string;
  readonly written: string;
  readonly most: number;
  /** Which of the resources of containers it counts; pods are counted as such. */
  readonly counts: Counted | undefined;
}

interface Counted {
  readonly list: 'requests' | 'limits';
  readonly resource: string;
}

/** What a quota counts, by the names that it has for it. */
const COUNTED: ReadonlyMap<string, Counted | undefined> = new Map<string, Counted | undefined>([
  ['pods', undefined],
  ['count/pods', undefined],
  ...(['cpu', 'memory', 'ephemeral-storage'] as const).flatMap((resource): [string, Counted][] => [
    [resource, { list: 'requests', resource }],
    [`requests.${resource}`, { list: 'requests', resource }],
    [`limits.${resource}`, { list: 'limits', resource }],
  ]),
]);

/** The strictest quotas of some objects for each thing that they count. One that is only for some pods does not count. */
export function quotasOf(objects: readonly ManifestObject[]): readonly Quota[] {
  const strictest = new Map<string, Quota>();
  for (const object of objects) {
    const { hard, scopes, scopeSelector } = fields(at(object.body, 'spec'));
    if ((Array.isArray(scopes) && scopes.length > 0) || scopeSelector) {
      continue;
    }
    for (const [name, value] of Object.entries(fields(hard))) {
      const most = quantity(value);
      if (most === undefined || !COUNTED.has(name)) {
        continue;
      }
      const counts = COUNTED.get(name);
      const key = counts === undefined ? 'pods' : `${counts.list} ${counts.resource}`;
      if (most < (strictest.get(key)?.most ?? Infinity)) {
        strictest.set(key, { object, name, written: shown(value), most, counts });
      }
    }
  }
  return [...strictest.values()];
}

/** How much of what a quota counts a pod takes; undefined if a container does not say it. */
export function takenBy({ spec, containers }: Pod, { counts }: Quota): number | undefined {
  if (counts === undefined) {
    return 1;
  }
  const amount = ({ resources }: { readonly resources?: unknown }) =>
    quantity(at(resources, counts.list, counts.resource)) ??
    (counts.list === 'requests' ? quantity(at(resources, 'limits', counts.resource)) : undefined);
  const all = [
    ...containers.map((container) => container.spec),
    ...items(spec.initContainers).map(({ item }) => item),
  ];
  if (all.some((container) => amount(container) === undefined)) {
    return undefined;
  }
  return containers.reduce((sum, container) => sum + (amount(container.spec) ?? 0), 0);
}
