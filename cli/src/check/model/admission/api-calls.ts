import { at, fields, items, text, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { Backend } from '../services/backends.js';

/** A Service that the API server calls, and without whose answer it refuses requests. */
export interface ApiCall extends Backend {
  /** The webhook that calls it; none for an APIService and for the conversion of custom resources. */
  readonly webhook?: Fields;
}

/** The kinds of objects that make the API server call a Service. */
export const CALLING_KINDS = [
  ['admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'],
  ['admissionregistration.k8s.io', 'MutatingWebhookConfiguration'],
  ['apiregistration.k8s.io', 'APIService'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition'],
] as const;

/** The Services that the API server calls because of an object. A webhook that is ignored when it fails does not count. */
export function apiCallsOf(object: ManifestObject): readonly ApiCall[] {
  if (object.kind === 'APIService') {
    return call(object, ['spec', 'service']);
  }
  if (object.kind === 'CustomResourceDefinition') {
    return call(object, ['spec', 'conversion', 'webhook', 'clientConfig', 'service']);
  }
  return items(object.body.webhooks)
    .filter(({ item }) => item.failurePolicy !== 'Ignore')
    .flatMap(({ index, item }) => call(object, ['webhooks', index, 'clientConfig', 'service'], item));
}

function call(object: ManifestObject, path: Path, webhook?: Fields): readonly ApiCall[] {
  const { namespace, name, port = 443 } = fields(at(object.body, ...path));
  const [place, service] = [namespace, name].map(text);
  if (place === undefined || service === undefined) {
    return [];
  }
  return [{ object, path, namespace: place, service, port, ...(webhook ? { webhook } : {}) }];
}
