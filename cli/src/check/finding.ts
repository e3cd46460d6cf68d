import { shorten } from '../shared/untrusted-text.js';
import { groupBy } from './model/values/grouped.js';
import { pathName } from './read/fields.js';
import { nameOf, title, type ObjectName } from './read/object.js';
import { urlOf, type Breach, type Severity, type StateRule, type UpgradeRule } from './rules/rule.js';

/** The most characters of a text. A longer one contains a name that the API server would refuse. */
export const MAX_TEXT_LENGTH = 2000;

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

/** A rule that is broken, and how much it counts here. */
export interface Broken {
  readonly rule: StateRule | UpgradeRule;
  readonly severity: Severity;
  readonly breach: Breach;
}

/** What a report says of broken rules, in their order. */
export function toFindings(broken: readonly Broken[]): readonly Finding[] {
  const findings = new Array<Finding>(broken.length);
  // To find lines, the text of an object is read again, so the findings of one object are handled together.
  for (const [object, places] of groupBy(broken.keys(), (place) => broken[place].breach.object)) {
    const name = nameOf(object);
    for (const place of places) {
      findings[place] = toFinding(name, broken[place]);
    }
  }
  return findings;
}

function toFinding(name: ObjectName, { rule, severity, breach }: Broken): Finding {
  const { object, path, what, reason = rule.reason, fix = rule.fix } = breach;
  return {
    rule: rule.id,
    severity,
    object: name,
    file: object.file,
    line: object.lineOf(path),
    path: shorten(pathName(path), MAX_TEXT_LENGTH),
    what: shorten(what, MAX_TEXT_LENGTH),
    reason,
    fix,
    url: urlOf(rule),
  };
}

/** The object of a finding in messages: Deployment shop/web. */
export function titleOf({ object }: Finding): string {
  return title(object);
}
