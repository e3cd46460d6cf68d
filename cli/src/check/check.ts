import { toFinding, type Finding } from './finding.js';
import { readIgnores } from './ignore.js';
import { State, type ApplyOptions } from './model/state.js';
import type { ManifestObject, Problem } from './read/object.js';
import type { Parsed } from './read/parse.js';
import type { Breach, StateRule, UpgradeRule } from './rules/rule.js';
import { stateRules, upgradeRules } from './rules/rules.js';

/** What a check found. */
export interface CheckResult {
  /** How many objects were read. */
  readonly objects: number;
  readonly findings: readonly Finding[];
  /** Findings that the objects themselves ignore, with the reason that they give. */
  readonly ignored: readonly (Finding & { readonly ignoredBecause: string })[];
  /** What could not be checked. */
  readonly problems: readonly Problem[];
}

const ruleIds: ReadonlySet<string> = new Set([...stateRules, ...upgradeRules].map(({ id }) => id));

/** Checks manifests, and if there are old ones, the step from them. */
export function check(manifests: Parsed, against?: Parsed, options: ApplyOptions = {}): CheckResult {
  const state = new State(manifests.objects, options);
  const before = against && new State(against.objects);
  const problems = [...manifests.problems, ...(against?.problems ?? [])];
  const findings: Finding[] = [];
  const ignored: (Finding & { ignoredBecause: string })[] = [];

  const ignores = new Map<ManifestObject, ReadonlyMap<string, string>>();
  for (const object of [...manifests.objects, ...(against?.objects ?? [])]) {
    const read = readIgnores(object, ruleIds);
    ignores.set(object, read.reasons);
    problems.push(...read.problems);
  }
  const report = (rule: StateRule | UpgradeRule, breach: Breach) => {
    const finding = toFinding(rule, breach);
    const ignoredBecause = ignores.get(breach.object)?.get(rule.id);
    if (ignoredBecause === undefined) findings.push(finding);
    else ignored.push({ ...finding, ignoredBecause });
  };
  for (const rule of stateRules) rule.check(state).forEach((breach) => report(rule, breach));
  if (before)
    for (const rule of upgradeRules) rule.check(before, state).forEach((breach) => report(rule, breach));
  return { objects: manifests.objects.length, findings, ignored, problems };
}
