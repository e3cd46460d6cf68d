import { at, fields } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';

/** The kind and name of what an autoscaler scales. KEDA takes a target without a kind for a Deployment. */
export function targetOf({ body }: ManifestObject): { readonly kind: unknown; readonly name: unknown } {
  const { kind = 'Deployment', name } = fields(at(body, 'spec', 'scaleTargetRef'));
  return { kind, name };
}

/** Identifies a target of autoscalers. */
export function targetKey(namespace: string, kind: unknown, name: unknown): string {
  return JSON.stringify([namespace, kind, name]);
}

/** Autoscalers by what they scale; of two, the first. */
export function byTarget(autoscalers: readonly ManifestObject[]): ReadonlyMap<string, ManifestObject> {
  const found = new Map<string, ManifestObject>();
  for (const autoscaler of autoscalers) {
    const { kind, name } = targetOf(autoscaler);
    const key = targetKey(autoscaler.namespace, kind, name);
    if (!found.has(key)) {
      found.set(key, autoscaler);
    }
  }
  return found;
}
