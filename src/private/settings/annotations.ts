import { keyPath } from '../refusals/key-path';
import { checkEach, Refusal } from '../refusals/refusal';

/**
 * Key of one of our annotations. All have the same prefix, which `zero-downtime check` knows too.
 */
export function annotationKey(name: string): string {
  return `zero-downtime/${name}`;
}

/**
 * Refuses annotations of the user that have another value than ours with the same key.
 */
export function checkContradictions(
  prop: string,
  annotations: Record<string, string> = {},
  ours: Record<string, string> = {},
): void {
  checkEach(Object.keys(annotations), (key) => {
    const value = annotations[key];
    if (Object.hasOwn(ours, key) && ours[key] !== value) {
      throw new Refusal(
        keyPath(prop, key),
        JSON.stringify(value),
        `the construct itself gives it the value ${JSON.stringify(ours[key])}`,
        'Leave it out',
      );
    }
  });
}
