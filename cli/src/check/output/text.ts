import { styleText } from 'node:util';
import { plural } from '../../shared/format.js';
import { printable } from '../../shared/untrusted-text.js';
import type { CheckResult } from '../check.js';
import { titleOf, type Finding } from '../finding.js';
import { groupBy } from '../model/values/grouped.js';
import { largest } from '../model/values/largest.js';
import type { Problem } from '../read/object.js';
import type { RuleManifests } from '../rules/manifests.js';
import { urlOf, type Severity, type StateRule, type UpgradeRule } from '../rules/rule.js';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** The most objects that are named to which rules were not applied. */
const MAX_NOT_APPLIED = 10;

/** The findings for a terminal, grouped by object; severities in colour if asked for. */
export function toText(result: CheckResult, inColour = false): string {
  return [...toTextPieces(result, inColour)].join('');
}

/** The same in pieces. */
export function* toTextPieces(
  { objects, findings, ignored, problems, notApplied }: CheckResult,
  inColour: boolean,
): Generator<string> {
  const paint = (severity: Severity) =>
    inColour ? styleText(COLOURS[severity], severity, { validateStream: false }) : severity;
  const summary = [
    `${plural(findings.length, 'finding')} in ${plural(objects, 'object')}`,
    ...(ignored.length > 0 ? [`${ignored.length} ignored`] : []),
    ...(problems.length > 0 ? [`${problems.length} not checked`] : []),
  ].join(', ');
  for (const [object, found] of groupBy(findings, titleOf)) {
    yield `${printable(object)}\n`;
    for (const finding of inOrder(found)) {
      yield lines(finding, paint);
    }
    yield '\n';
  }
  yield `${summary}\n`;
  for (const note of notApplied.slice(0, MAX_NOT_APPLIED)) {
    yield noteLine(' not applied:', note);
  }
  if (notApplied.length > MAX_NOT_APPLIED) {
    yield `and ${notApplied.length - MAX_NOT_APPLIED} more such objects; --json has all\n`;
  }
}

/** The findings of an object as they stand in its file; those of one line as the rules do. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((one, other) => one.line - other.line);
}

/** A line about a place in a file; `kind` comes before the message. */
export function noteLine(kind: string, { file, line, message }: Problem): string {
  const place = `${printable(file)}${line === undefined ? '' : `:${line}`}`;
  return `${place}${kind} ${printable(message)}\n`;
}

function lines(finding: Finding, paint: (severity: Severity) => string): string {
  const { file, line, severity, rule, what, reason, fix } = finding;
  const place = `${printable(file)}:${line}`;
  const url = urlOf({ id: rule });
  return `  ${place} ${paint(severity)} ${rule}: ${printable(what)}\n    why: ${reason}\n    fix: ${fix}\n    see: ${url}\n`;
}

/** The rules for a terminal. */
export function rulesToText(rules: readonly (StateRule | UpgradeRule)[]): string {
  const width = largest(rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, reason }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${reason}\n`)
    .join('');
}

/** A rule for a terminal, with its manifests. */
export function ruleToText(
  { id, severity, reason, fix }: StateRule | UpgradeRule,
  manifests: readonly RuleManifests[],
): string {
  const about = `${id} (${severity})\n\n  why: ${reason}\n  fix: ${fix}\n  see: ${urlOf({ id })}\n`;
  return about + manifests.map(({ shows, yaml }) => `\n# ${shows}:\n\n${yaml}`).join('');
}
