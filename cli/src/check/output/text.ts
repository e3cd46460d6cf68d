import { plural } from '../../report/format.js';
import type { CheckResult } from '../check.js';
import { titleOf, type Finding } from '../finding.js';
import type { StateRule, UpgradeRule } from '../rules/rule.js';

/** The findings for a terminal, grouped by object. */
export function toText({ objects, findings, ignored }: CheckResult): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const object = titleOf(finding);
    groups.set(object, [...(groups.get(object) ?? []), finding]);
  }
  const summary = [
    `${plural(findings.length, 'finding')} in ${plural(objects, 'object')}`,
    ...(ignored.length > 0 ? [`${ignored.length} ignored`] : []),
  ].join(', ');
  return [
    ...[...groups].map(([object, found]) => `${printable(object)}\n${found.map(lines).join('')}`),
    `${summary}\n`,
  ].join('\n');
}

/** Manifests come from anywhere, and what they say must not control a terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}

function lines({ file, line, severity, rule, what, reason, fix }: Finding): string {
  return `  ${printable(`${file}:${line} ${severity} ${rule}: ${what}`)}\n    why: ${reason}\n    fix: ${fix}\n`;
}

/** The rules for a terminal. */
export function rulesToText(rules: readonly (StateRule | UpgradeRule)[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(({ id, severity, reason }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${reason}\n`)
    .join('');
}
