import type { Finding } from './finding.js';
import { severities, type Severity } from './rules/rule.js';
import { upgradeRules } from './rules/rules.js';

const sameAs: ReadonlyMap<string, string> = new Map(
  upgradeRules.flatMap((rule): [string, string][] => (rule.sameAs ? [[rule.id, rule.sameAs]] : [])),
);

/** The rules of which two may say the same. */
const alike: ReadonlySet<string> = new Set([...sameAs.keys(), ...sameAs.values()]);

/** Findings without those that say of a field what another one says: see UpgradeRule.sameAs. */
export function toldOnce(findings: readonly Finding[]): readonly Finding[] {
  const candidates = findings.filter(({ rule }) => alike.has(rule));
  const severityOf = new Map(candidates.map((finding) => [placeOf(finding.rule, finding), finding.severity]));
  const twice = new Set<string>();
  for (const change of candidates) {
    const rule = sameAs.get(change.rule);
    const state = rule && placeOf(rule, change);
    const severity = state && severityOf.get(state);
    if (state && severity) {
      twice.add(isWorse(severity, change.severity) ? placeOf(change.rule, change) : state);
    }
  }
  return findings.filter((finding) => !alike.has(finding.rule) || !twice.has(placeOf(finding.rule, finding)));
}

function placeOf(rule: string, { object, path }: Finding): string {
  return JSON.stringify([rule, object, path]);
}

function isWorse(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other);
}
