import type { Config } from './config/config.js';
import { toFinding, type Finding } from './finding.js';
import { Ignores, type Ignore } from './ignore.js';
import { missingNamespaces } from './model/namespaces.js';
import { State, type ApplyOptions } from './model/state.js';
import type { Problem } from './read/object.js';
import type { Parsed } from './read/parse.js';
import type { Breach, StateRule, UpgradeRule } from './rules/rule.js';
import { stateRules, upgradeRules } from './rules/rules.js';
import { toldOnce } from './told-once.js';

/** What a check found. */
export interface CheckResult {
  /** How many objects were read. */
  readonly objects: number;
  readonly findings: readonly Finding[];
  /** Findings that an annotation or the configuration ignores, with the reason that it gives. */
  readonly ignored: readonly IgnoredFinding[];
  /** What could not be checked. */
  readonly problems: readonly Problem[];
  /** Ignores of rules about one state that nothing needs any more. */
  readonly unusedIgnores: readonly Problem[];
}

/** A finding that does not count. */
export type IgnoredFinding = Finding & {
  readonly ignoredBecause: string;
  readonly ignoredBy: Ignore['by'];
};

const ruleIds: ReadonlySet<string> = new Set([...stateRules, ...upgradeRules].map(({ id }) => id));

/** Checks manifests, and if there are old ones, the step from them. */
export function check(
  manifests: Parsed,
  against?: Parsed,
  { removes, ...config }: Config & ApplyOptions = {},
): CheckResult {
  // What could not be read may have what seems to be removed.
  const state = new State(manifests.objects, { removes: manifests.isPart ? false : removes });
  const before = against && new State(against.objects);
  const ignores = new Ignores(manifests.objects, against?.objects ?? [], config, ruleIds);
  const findings: Finding[] = [];
  const ignored: IgnoredFinding[] = [];

  const severityOf = ({ id, severity }: StateRule | UpgradeRule) => config.rules?.[id]?.severity ?? severity;
  const report = (rule: StateRule | UpgradeRule, breaches: () => readonly Breach[], sameAs = rule.id) => {
    const severity = severityOf(rule);
    if (severity === 'off') return;
    const counted = { ...rule, severity };
    for (const breach of breaches()) {
      const finding = toFinding(counted, breach);
      const ignore = ignores.find(rule.id, breach.object) ?? ignores.find(sameAs, breach.object);
      if (ignore === undefined) findings.push(finding);
      else ignored.push({ ...finding, ignoredBecause: ignore.reason, ignoredBy: ignore.by });
    }
  };
  for (const rule of stateRules) report(rule, () => rule.check(state));
  if (before) for (const rule of upgradeRules) report(rule, () => rule.check(before, state), rule.sameAs);

  // Findings about a change come and go with it, and so ignores of them may stay.
  const lasting = new Set(stateRules.filter((rule) => severityOf(rule) !== 'off').map(({ id }) => id));
  return {
    objects: manifests.objects.length,
    findings: toldOnce(findings),
    ignored,
    problems: [
      ...manifests.problems,
      ...missingNamespaces(state),
      ...(against?.problems ?? []),
      ...(before ? missingNamespaces(before) : []),
      ...ignores.problems,
    ],
    unusedIgnores: ignores.unused(lasting),
  };
}
