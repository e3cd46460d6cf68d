import { count } from '../../../shared/format.js';
import { at, fields, text, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { MANY_BYTES } from '../../read/json-size.js';
import { LAST_APPLIED_ANNOTATION } from '../../read/secrets.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const tooLargeToApply: StateRule = {
  id: 'too-large-to-apply',
  severity: 'warning',
  reason: `kubectl apply without --server-side keeps the manifest in an annotation, and the API server refuses annotations of more than ${count(MANY_BYTES)} bytes`,
  fix: 'apply it with kubectl apply --server-side, Flux or Helm, or in Argo CD with argocd.argoproj.io/sync-options: ServerSideApply=true; or divide it',
  check: (state) =>
    inTurn(state.objects, (object) => {
      const bytes = object.bytes === undefined ? 0 : annotationBytes(object.body, object.bytes);
      if (bytes <= MANY_BYTES || isAppliedOtherwise(object)) {
        return [];
      }
      return [
        { object, path: [], what: `its annotations would have ${count(bytes)} bytes with the manifest` },
      ];
    }),
};

/** The bytes of the annotations that kubectl apply writes for a manifest of so many. */
function annotationBytes(body: Fields, bytes: number): number {
  const all = Object.entries({ ...annotationsOf(body), [LAST_APPLIED_ANNOTATION]: '' });
  // A line feed ends the manifest.
  return all.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + String(value)), bytes + 1);
}

function isAppliedOtherwise({ body }: ManifestObject): boolean {
  const options = text(annotationsOf(body)['argocd.argoproj.io/sync-options']) ?? '';
  return /ServerSideApply=true|Replace=true/.test(options);
}

function annotationsOf(body: Fields): Fields {
  return fields(at(body, 'metadata', 'annotations'));
}
