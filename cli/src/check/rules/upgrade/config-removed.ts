import { isKept } from '../../model/kept.js';
import type { Pod } from '../../model/pod.js';
import { at, items, text } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const configRemoved: UpgradeRule = {
  id: 'config-removed',
  severity: 'error',
  reason:
    'where what is no longer in the manifests is deleted, an old pod that is started again, or a rollback, finds no configuration',
  fix: 'keep what old pods refer to until the rollout is over and no rollback is wanted',
  check: (from, to) =>
    from.workloads.flatMap((workload) =>
      referencesOf(workload.pod).flatMap(({ kind, name }) => {
        const object = from.beside(workload.object, '', kind, name);
        if (object === undefined || isKept(object) || to.find(object) !== undefined) return [];
        return [{ object, path: [], what: `it is gone, and old pods of ${title(workload.object)} need it` }];
      }),
    ),
};

interface Reference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
}

/** The ConfigMaps and Secrets that a pod cannot start without, each once. */
function referencesOf(pod: Pod): readonly Reference[] {
  const containers = [...items(pod.spec.containers), ...items(pod.spec.initContainers)];
  const sources = [
    ...containers.flatMap(({ item }) => items(item.envFrom).map((from) => from.item)),
    ...containers.flatMap(({ item }) => items(item.env).map((env) => at(env.item, 'valueFrom'))),
    ...items(pod.spec.volumes).flatMap(({ item }) => [
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
  return [...new Map(references.map((found) => [`${found.kind}/${found.name}`, found])).values()];
}

function reference(kind: Reference['kind'], source: unknown): readonly Reference[] {
  const name = text(at(source, 'name')) ?? text(at(source, 'secretName'));
  return name === undefined || at(source, 'optional') === true ? [] : [{ kind, name }];
}
