import { at, text } from './read/fields.js';
import type { ManifestObject, Problem } from './read/object.js';

/** The annotation that says which rules do not apply to an object, and why. */
export const ignoreAnnotation = 'zero-downtime/ignore';

/** The rules that an object ignores, each with its reason, and what is wrong with how it says so. */
export interface Ignores {
  readonly reasons: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Reads the annotation: a line for each rule, `rule-id: reason`. */
export function readIgnores(object: ManifestObject, ruleIds: ReadonlySet<string>): Ignores {
  const reasons = new Map<string, string>();
  const problems: Problem[] = [];
  const written = at(object.body, 'metadata', 'annotations', ignoreAnnotation);
  for (const line of (text(written) ?? '').split('\n').filter((one) => one.trim() !== '')) {
    const [, id, reason] = /^\s*([\w-]+)\s*:\s*(\S.*?)\s*$/.exec(line) ?? [];
    if (id !== undefined && ruleIds.has(id)) reasons.set(id, reason);
    else {
      problems.push({
        file: object.file,
        line: object.lineOf(['metadata', 'annotations', ignoreAnnotation]),
        message:
          id === undefined
            ? `${ignoreAnnotation}: write a rule and a reason, such as "one-replica: a batch job at night"`
            : `${ignoreAnnotation}: there is no rule ${id}; see zero-downtime rules`,
      });
    }
  }
  return { reasons, problems };
}
