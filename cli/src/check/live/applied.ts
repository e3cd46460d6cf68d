import { at, fields, isFields, items, text, type Fields } from '../read/fields.js';
import { LAST_APPLIED_ANNOTATION, withoutValuesOfSecret } from '../read/secrets.js';
import { ownedBy } from './field-set.js';

/** The manifest that kubectl apply keeps in an object; none if it was applied otherwise. */
export function lastApplied(object: Fields): Fields | undefined {
  const manifest = text(at(object, 'metadata', 'annotations', LAST_APPLIED_ANNOTATION));
  try {
    const parsed: unknown = manifest === undefined ? undefined : JSON.parse(manifest);
    return isFields(parsed) ? withoutValuesOfSecret(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What was applied of a live object, as manifests: the last one of kubectl apply, and those of server-side apply. If neither is
 * recorded, as with Helm 3 and kubectl create, the whole object without what the API server and the autoscaler fill in.
 *
 * @param object without the values of a Secret
 * @param manifest what kubectl apply keeps in it
 */
export function appliedManifests(object: Fields, manifest: Fields | undefined): readonly Fields[] {
  const managers = items(at(object, 'metadata', 'managedFields')).map(({ item }) => item);
  const onServer = managers
    .filter(({ operation, subresource }) => operation === 'Apply' && subresource === undefined)
    .map(({ fieldsV1 }) => fields(ownedBy(object, fields(fieldsV1))));
  const known = manifest === undefined ? onServer : [manifest, ...onServer];
  return known.length > 0 ? known : [withoutFilledIn(object, managers)];
}

/** The fields of a Service and a Job that the API server fills in if no manifest sets them. */
const FILLED_IN: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['Service', ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'healthCheckNodePort']],
  ['Job', ['selector', 'template', 'completionMode']],
]);

/** What the API server fills in for `replicas`, so that a manifest need not have set it. */
const DEFAULT_REPLICAS = 1;

function withoutFilledIn(object: Fields, managers: readonly Fields[]): Fields {
  const { name, namespace, labels, annotations } = fields(object.metadata);
  const manifest = { ...without(object, ['status']), metadata: { name, namespace, labels, annotations } };
  if (!('spec' in object)) {
    return manifest;
  }

  const spec = fields(object.spec);
  // Only a manifest sets clusterIP to None.
  const names = spec.clusterIP === 'None' ? [] : (FILLED_IN.get(object.kind) ?? []);
  const isScaled = managers.some(
    ({ subresource, fieldsV1 }) =>
      subresource === 'scale' && at(fieldsV1, 'f:spec', 'f:replicas') !== undefined,
  );
  const isFilledIn = spec.replicas === DEFAULT_REPLICAS;
  return {
    ...manifest,
    spec: {
      ...without(spec, isScaled || isFilledIn ? [...names, 'replicas'] : names),
      ...(object.kind === 'Service'
        ? { ports: items(spec.ports).map(({ item }) => without(item, ['nodePort'])) }
        : {}),
    },
  };
}

function without(object: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
