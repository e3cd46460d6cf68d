import { at, items, text } from '../../read/fields.js';
import { groupBy } from '../values/grouped.js';
import type { Pod } from '../workloads/pod.js';

/** An object of the core API that a pod needs, by its name. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  readonly name: string;
  /** The keys that the pod takes of a ConfigMap or Secret; none if it takes all. */
  readonly keys?: ReadonlySet<string>;
  /** The keys that it takes by name, also if it takes all. */
  readonly named?: ReadonlySet<string>;
}

/** The ConfigMaps and Secrets that a pod cannot start without, each once. */
export function configsOf({ spec }: Pod): readonly Reference[] {
  const containers = [...items(spec.containers), ...items(spec.initContainers)];
  const sources = [
    ...containers.flatMap(({ item }) => items(item.envFrom).map((from) => from.item)),
    ...containers.flatMap(({ item }) => items(item.env).map((env) => at(env.item, 'valueFrom'))),
    ...items(spec.volumes).flatMap(({ item }) => [
      item,
      ...items(at(item, 'projected', 'sources')).map((source) => source.item),
    ]),
  ];
  const references = sources.flatMap((source) => [
    ...['configMapRef', 'configMapKeyRef', 'configMap'].flatMap((field) =>
      reference('ConfigMap', at(source, field)),
    ),
    ...['secretRef', 'secretKeyRef', 'secret'].flatMap((field) => reference('Secret', at(source, field))),
  ]);
  const groups = groupBy(references, ({ kind, name }) => `${kind}/${name}`);
  return [...groups.values()].map((same) => {
    const named = new Set(same.flatMap(({ keys }) => [...(keys ?? [])]));
    return { ...same[0], named, keys: same.every(({ keys }) => keys) ? named : undefined };
  });
}

/** The PersistentVolumeClaims that a pod mounts. */
export function claimsOf({ spec }: Pod): readonly Reference[] {
  return items(spec.volumes).flatMap(({ item }) => {
    const name = text(at(item, 'persistentVolumeClaim', 'claimName'));
    return name === undefined ? [] : [{ kind: 'PersistentVolumeClaim' as const, name }];
  });
}

function reference(kind: Reference['kind'], source: unknown): readonly Reference[] {
  const name = text(at(source, 'name')) ?? text(at(source, 'secretName'));
  return name === undefined || at(source, 'optional') === true ? [] : [{ kind, name, keys: keysOf(source) }];
}

/** The keys that a source of a variable or a volume names. */
function keysOf(source: unknown): ReadonlySet<string> | undefined {
  const key = text(at(source, 'key'));
  if (key !== undefined) {
    return new Set([key]);
  }
  const named = items(at(source, 'items')).flatMap(({ item }) => text(item.key) ?? []);
  return named.length > 0 ? new Set(named) : undefined;
}
