import { at, text, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { LAST_APPLIED_ANNOTATION } from '../../read/secrets.js';

/**
 * Whether a field was in the manifest that an object was made from, so that an apply without it removes it. An object of a
 * cluster has many fields that no manifest set: there only the annotation of kubectl apply shows which ones one did.
 */
export function wasWritten({ body }: ManifestObject, path: Path): boolean {
  const applied = text(at(body, 'metadata', 'annotations', LAST_APPLIED_ANNOTATION));
  if (applied === undefined) {
    return at(body, 'metadata', 'uid') === undefined && at(body, ...path) !== undefined;
  }
  try {
    return at(JSON.parse(applied), ...path) !== undefined;
  } catch {
    return false;
  }
}
