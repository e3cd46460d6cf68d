import type { Finding } from './finding.js';
import { severities, type Severity } from './rules/rule.js';
import { upgradeRules } from './rules/rules.js';

const sameAs: ReadonlyMap<string, string | undefined> = new Map(
  upgradeRules.map((rule) => [rule.id, rule.sameAs]),
);

/** Findings without those that say of a field what another one says: see UpgradeRule.sameAs. */
export function toldOnce(findings: readonly Finding[]): readonly Finding[] {
  const severityOf = new Map(findings.map((finding) => [placeOf(finding.rule, finding), finding.severity]));
  const twice = new Set<string>();
  for (const change of findings) {
    const rule = sameAs.get(change.rule);
    const state = rule && placeOf(rule, change);
    const severity = state && severityOf.get(state);
    if (state && severity)
      twice.add(isWorse(severity, change.severity) ? placeOf(change.rule, change) : state);
  }
  return findings.filter((finding) => !twice.has(placeOf(finding.rule, finding)));
}

function placeOf(rule: string, { object, path }: Finding): string {
  return JSON.stringify([rule, object, path]);
}

function isWorse(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other);
}
