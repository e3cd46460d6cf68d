import type { Finding } from './finding.js';
import { SEVERITIES, type Severity } from './rules/rule.js';
import { upgradeRules } from './rules/rules.js';

const SAME_AS: ReadonlyMap<string, string> = new Map(
  upgradeRules.flatMap((rule): [string, string][] => (rule.sameAs ? [[rule.id, rule.sameAs]] : [])),
);

/** The rules that may report the same as another one. */
const COMPARABLE: ReadonlySet<string> = new Set([...SAME_AS.keys(), ...SAME_AS.values()]);

/** Findings without those that another finding repeats: see UpgradeRule.sameAs. */
export function withoutDuplicates(findings: readonly Finding[]): readonly Finding[] {
  const candidates = findings.filter(({ rule }) => COMPARABLE.has(rule));
  const severityOf = new Map(candidates.map((finding) => [placeOf(finding.rule, finding), finding.severity]));
  const repeated = new Set<string>();
  for (const change of candidates) {
    const rule = SAME_AS.get(change.rule);
    const state = rule && placeOf(rule, change);
    const severity = state && severityOf.get(state);
    if (state && severity) {
      repeated.add(isMoreSevere(severity, change.severity) ? placeOf(change.rule, change) : state);
    }
  }
  return findings.filter(
    (finding) => !COMPARABLE.has(finding.rule) || !repeated.has(placeOf(finding.rule, finding)),
  );
}

function placeOf(rule: string, { object, path }: Finding): string {
  return JSON.stringify([rule, object, path]);
}

function isMoreSevere(one: Severity, other: Severity): boolean {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other);
}
