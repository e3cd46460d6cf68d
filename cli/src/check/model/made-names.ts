import { at, fields, isFields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';

/** API groups whose objects make no other ones. */
const OF_KUBERNETES = /^(?:|apps|batch|policy|autoscaling|.*\.k8s\.io)$/;

/**
 * Names of objects that others may make when they are applied: all texts in custom resources, such as the Secret of a
 * Certificate, and in annotations of Services.
 */
export function namesMadeBy(objects: readonly ManifestObject[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { group, kind, name, body } of objects) {
    if (!OF_KUBERNETES.test(group)) {
      names.add(name);
      addTexts(body.spec, names);
    } else if (kind === 'Service') {
      addTexts(fields(at(body, 'metadata', 'annotations')), names);
    }
  }
  return names;
}

function addTexts(value: unknown, names: Set<string>): void {
  if (typeof value === 'string') {
    names.add(value);
  } else if (Array.isArray(value)) {
    value.forEach((item) => addTexts(item, names));
  } else if (isFields(value)) {
    Object.values(value).forEach((item) => addTexts(item, names));
  }
}
