import { at, items, text, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { State } from '../state.js';

/** A reference of Gateway API into another namespace, which allows it by a ReferenceGrant. */
export interface CrossReference {
  readonly object: ManifestObject;
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The most entries of each list of a ReferenceGrant; the API server takes no more. */
const MAX_ENTRIES = 16;

/** The references into other namespaces that no ReferenceGrant allows, whether that is in other manifests or not. */
export function ungranted(state: State): readonly CrossReference[] {
  const grants = state.ofKind('gateway.networking.k8s.io', 'ReferenceGrant');
  const granted = new Set(grants.flatMap(granting));
  return state.objects
    .flatMap(referencesOf)
    .filter(({ object, namespace }) => object.namespace !== '' && namespace !== object.namespace)
    .filter((reference) => ![ofAll(reference), ofOne(reference)].some((key) => granted.has(key)));
}

/** The references of a route to its backends and of a Gateway to its certificates. */
function referencesOf(object: ManifestObject): readonly CrossReference[] {
  if (object.group !== 'gateway.networking.k8s.io') {
    return [];
  }
  const { spec } = object.body;
  if (object.kind === 'Gateway') {
    return items(at(spec, 'listeners')).flatMap(({ index, item }) =>
      items(at(item, 'tls', 'certificateRefs')).flatMap((ref) =>
        reference(
          object,
          ['spec', 'listeners', index, 'tls', 'certificateRefs', ref.index],
          ref.item,
          'Secret',
        ),
      ),
    );
  }
  return items(at(spec, 'rules')).flatMap(({ index, item }) =>
    items(item.backendRefs).flatMap((ref) =>
      reference(object, ['spec', 'rules', index, 'backendRefs', ref.index], ref.item, 'Service'),
    ),
  );
}

function reference(
  object: ManifestObject,
  path: Path,
  item: Fields,
  usual: string,
): readonly CrossReference[] {
  const [name, namespace] = [text(item.name), text(item.namespace)];
  return name === undefined || namespace === undefined
    ? []
    : [{ object, path, group: text(item.group) ?? '', kind: text(item.kind) ?? usual, namespace, name }];
}

/** What a ReferenceGrant allows. */
function granting({ namespace, body }: ManifestObject): readonly string[] {
  const targets = items(at(body, 'spec', 'to')).slice(0, MAX_ENTRIES);
  return items(at(body, 'spec', 'from'))
    .slice(0, MAX_ENTRIES)
    .flatMap(({ item: from }) =>
      targets.map(({ item: to }) =>
        key(from.kind, from.namespace, to.group ?? '', to.kind, namespace, to.name),
      ),
    );
}

function ofAll({ object, group, kind, namespace }: CrossReference): string {
  return key(object.kind, object.namespace, group, kind, namespace, undefined);
}

function ofOne({ object, group, kind, namespace, name }: CrossReference): string {
  return key(object.kind, object.namespace, group, kind, namespace, name);
}

function key(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}
