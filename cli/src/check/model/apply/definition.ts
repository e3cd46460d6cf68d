import type { KubernetesApi } from '../../kubernetes/api.js';
import { ANYTHING, type Shape } from '../../kubernetes/shape.js';
import { at, fields, isFields, items, text, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { once } from '../values/once.js';

/** What a CustomResourceDefinition says about its objects. */
export interface Definition {
  readonly object: ManifestObject;
  readonly versions: readonly DefinedVersion[];
}

/** A version of custom resources. */
export interface DefinedVersion {
  readonly name: string;
  readonly isServed: boolean;
  readonly shape: Shape;
}

/** The definitions among some objects, by the group and the kind that they define. */
export function definitionsIn(
  objects: readonly ManifestObject[],
  api: KubernetesApi,
): ReadonlyMap<string, Definition> {
  // In other versions a schema need not list all fields.
  const readable = objects.filter(({ apiVersion }) => apiVersion === 'apiextensions.k8s.io/v1');
  return new Map(
    readable.map((object) => {
      const { group, names, versions } = fields(object.body.spec);
      const key = `${text(group) ?? ''}/${text(at(names, 'kind')) ?? ''}`;
      return [key, { object, versions: items(versions).map(({ item }) => readVersion(item, api)) }];
    }),
  );
}

function readVersion({ name, served, schema }: Fields, api: KubernetesApi): DefinedVersion {
  const root = at(schema, 'openAPIV3Schema');
  return {
    name: text(name) ?? '',
    isServed: served === true,
    shape: root === undefined ? ANYTHING : shapeOf(root, api, true),
  };
}

/** The shape of what has no fields. */
const NOTHING: Shape = { field: () => undefined, names: [] };

/**
 * What a structural schema allows, as the API server prunes it: what it lists, whatever its type is.
 *
 * @param isObject whether it is that of an object with a kind and metadata
 */
function shapeOf(schema: unknown, api: KubernetesApi, isObject = isEmbedded(schema)): Shape {
  if (!isFields(schema)) {
    return ANYTHING;
  }
  if (schema.type === 'array') {
    return shapeOf(schema.items, api);
  }
  const known = new Map<string, Shape>(
    isObject
      ? [
          ['apiVersion', ANYTHING],
          ['kind', ANYTHING],
          ['metadata', api.metadata],
        ]
      : [],
  );
  const properties = new Map(Object.entries(fields(schema.properties)));
  const others = shapeOfOthers(schema, api);
  return {
    names: others === undefined ? [...known.keys(), ...properties.keys()] : undefined,
    field: once(
      (name) => known.get(name) ?? (properties.has(name) ? shapeOf(properties.get(name), api) : others),
    ),
  };
}

/** What is in the fields that a schema does not list; none if there may be no others. */
function shapeOfOthers(schema: Fields, api: KubernetesApi): Shape | undefined {
  const { additionalProperties } = schema;
  if (isFields(additionalProperties)) {
    return shapeOf(additionalProperties, api);
  }
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) {
    return ANYTHING;
  }
  return additionalProperties === true ? NOTHING : undefined;
}

function isEmbedded(schema: unknown): boolean {
  return at(schema, 'x-kubernetes-embedded-resource') === true;
}
