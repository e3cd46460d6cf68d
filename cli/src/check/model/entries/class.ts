import { at, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { annotation } from '../services/service.js';

/** The class of an Ingress or Gateway, which says who serves it. */
export function classOf(object: ManifestObject): string | undefined {
  return (
    text(at(object.body, 'spec', 'ingressClassName')) ??
    text(at(object.body, 'spec', 'gatewayClassName')) ??
    annotation(object, 'kubernetes.io/ingress.class')
  );
}
