import type { Finding } from './finding.js';
import { severities, type Severity } from './rules/rule.js';
import { upgradeRules } from './rules/rules.js';

const sameAs: ReadonlyMap<string, string> = new Map(
  upgradeRules.flatMap((rule): [string, string][] => (rule.sameAs ? [[rule.id, rule.sameAs]] : [])),
);

/** The rules that may report the same as another one. */
const comparable: ReadonlySet<string> = new Set([...sameAs.keys(), ...sameAs.values()]);

/** Findings without those that another finding repeats: see UpgradeRule.sameAs. */
export function withoutDuplicates(findings: readonly Finding[]): readonly Finding[] {
  const candidates = findings.filter(({ rule }) => comparable.has(rule));
  const severityOf = new Map(candidates.map((finding) => [placeOf(finding.rule, finding), finding.severity]));
  const repeated = new Set<string>();
  for (const change of candidates) {
    const rule = sameAs.get(change.rule);
    const state = rule && placeOf(rule, change);
    const severity = state && severityOf.get(state);
    if (state && severity) {
      repeated.add(isMoreSevere(severity, change.severity) ? placeOf(change.rule, change) : state);
    }
  }
  return findings.filter(
    (finding) => !comparable.has(finding.rule) || !repeated.has(placeOf(finding.rule, finding)),
  );
}

function placeOf(rule: string, { object, path }: Finding): string {
  return JSON.stringify([rule, object, path]);
}

function isMoreSevere(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other);
}
