import type { Path } from './read/fields.js';
import { title, type ObjectName } from './read/object.js';
import { urlOf, type Breach, type Severity, type StateRule, type UpgradeRule } from './rules/rule.js';

/** A rule that an object breaks. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly object: ObjectName;
  readonly file: string;
  readonly line: number;
  /** The field that it is about, such as spec.template.spec.containers[0]; empty for the object as a whole. */
  readonly path: string;
  readonly what: string;
  readonly reason: string;
  readonly fix: string;
  readonly url: string;
}

/** What a report says of a breach of a rule. */
export function toFinding(rule: StateRule | UpgradeRule, { object, path, what }: Breach): Finding {
  const { apiVersion, kind, namespace, name, file } = object;
  return {
    rule: rule.id,
    severity: rule.severity,
    object: { apiVersion, kind, namespace, name },
    file,
    line: object.lineOf(path),
    path: pathName(path),
    what,
    reason: rule.reason,
    fix: rule.fix,
    url: urlOf(rule),
  };
}

/** A path as people write it; names with other characters than those of fields are in brackets, as in kubectl's. */
function pathName(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^\w+$/.test(part)) return `['${part}']`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** The object of a finding as people call it. */
export function titleOf({ object }: Finding): string {
  return title(object);
}
