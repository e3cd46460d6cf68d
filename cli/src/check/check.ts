import { count } from '../shared/format.js';
import type { Config } from './config/config.js';
import { withoutDuplicates } from './duplicates.js';
import { toFindings, type Broken, type Finding } from './finding.js';
import { Ignores, type Ignore } from './ignore.js';
import { missingNamespaces } from './model/apply/namespaces.js';
import { inNamespacesOf } from './model/apply/same-namespace.js';
import { TooManySelected } from './model/selectors/selectable.js';
import { State, type ApplyOptions } from './model/state.js';
import { title, type Problem } from './read/object.js';
import type { Parsed } from './read/parse.js';
import type { Breach, StateRule, UpgradeRule } from './rules/rule.js';
import { stateRules, upgradeRules } from './rules/rules.js';
import { refusedByServer } from './rules/state/refused-by-server.js';

/** What a check found. */
export interface CheckResult {
  /** How many objects were read. */
  readonly objects: number;
  readonly findings: readonly Finding[];
  /** Findings that an annotation or the configuration ignores, with the reason that it gives. */
  readonly ignored: readonly IgnoredFinding[];
  /** What could not be checked. */
  readonly problems: readonly Problem[];
  /** Rules that were not applied to an object, and why. */
  readonly notApplied: readonly Problem[];
  /** Ignores, of rules about one state, that match no finding any more. */
  readonly unusedIgnores: readonly Problem[];
}

/** A finding that does not count. */
export type IgnoredFinding = Finding & {
  readonly ignoredBecause: string;
  readonly ignoredBy: Ignore['by'];
};

/** A rule that is broken, and what ignores it. */
type BrokenOrIgnored = Broken & { readonly ignore: Ignore | undefined };

const RULE_IDS: ReadonlySet<string> = new Set([...stateRules, ...upgradeRules].map(({ id }) => id));

/** More than anybody reads: a rule may find something in each of a million lines. */
const MAX_FINDINGS = 100_000;
const MANY_FINDINGS = `there are ${count(MAX_FINDINGS)} findings, and no more are reported; check fewer files`;

/**
 * Checks manifests, and if there are old ones, the step from them.
 *
 * @throws UsageError for a version of Kubernetes that is not known
 */
export function check(manifests: Parsed, against?: Parsed, options: Config & ApplyOptions = {}): CheckResult {
  try {
    const { broken, ...result } = applyRules(manifests, against, options);
    const findings = toFindings(broken);
    const ignored = broken.flatMap(({ ignore }, index): IgnoredFinding[] =>
      ignore ? [{ ...findings[index], ignoredBecause: ignore.reason, ignoredBy: ignore.by }] : [],
    );
    return {
      ...result,
      findings: withoutDuplicates(findings.filter((_, index) => broken[index].ignore === undefined)),
      ignored,
    };
  } catch (error) {
    if (!(error instanceof TooManySelected)) {
      throw error;
    }
    const { file, line } = error.object;
    const problems = [
      ...manifests.problems,
      ...(against?.problems ?? []),
      { file, line, message: `nothing is checked: ${error.message}` },
    ];
    return {
      objects: manifests.objects.length,
      findings: [],
      ignored: [],
      problems,
      notApplied: [],
      unusedIgnores: [],
    };
  }
}

/** What the rules find. The states that they look at are not kept, as they take more memory than the manifests. */
function applyRules(
  manifests: Parsed,
  against: Parsed | undefined,
  { removes, kubernetesVersion, dryRun, ...config }: Config & ApplyOptions,
): Omit<CheckResult, 'findings' | 'ignored'> & { readonly broken: readonly BrokenOrIgnored[] } {
  // An object that seems to be removed may be in a file that could not be read.
  const objects = against ? inNamespacesOf(manifests.objects, against.objects) : manifests.objects;
  const state = new State(objects, {
    removes: manifests.isPart ? false : removes,
    kubernetesVersion,
    dryRun,
  });
  const before = against && new State(inNamespacesOf(against.objects, manifests.objects));
  const ignores = new Ignores(objects, before?.objects ?? [], config, RULE_IDS);
  const broken: BrokenOrIgnored[] = [];
  const tooMany: Problem[] = [];

  const configured = ({ id }: StateRule | UpgradeRule) => config.rules?.[id]?.severity;
  const report = (rule: StateRule | UpgradeRule, find: () => Iterable<Breach>, sameAs = rule.id) => {
    const severity = configured(rule);
    if (severity === 'off' || tooMany.length > 0) {
      return;
    }
    for (const breach of find()) {
      if (broken.length === MAX_FINDINGS) {
        const { file, line } = breach.object;
        tooMany.push({ file, line, message: MANY_FINDINGS });
        return;
      }
      const ignore = ignores.find(rule.id, breach.object) ?? ignores.find(sameAs, breach.object);
      broken.push({ rule, severity: severity ?? breach.severity ?? rule.severity, breach, ignore });
    }
  };
  for (const rule of stateRules) {
    report(rule, () => rule.check(state));
  }
  if (before) {
    for (const rule of upgradeRules) {
      report(rule, () => rule.check(before, state), rule.sameAs);
    }
  }

  // Findings about a change are gone after it, so their ignores are not reported as unused. So are those of a cluster.
  const lasting = new Set(
    stateRules.filter((rule) => rule !== refusedByServer && configured(rule) !== 'off').map(({ id }) => id),
  );
  return {
    objects: objects.length,
    broken,
    problems: [
      ...manifests.problems,
      ...missingNamespaces(state),
      ...(against?.problems ?? []),
      ...(before ? missingNamespaces(before) : []),
      ...ignores.problems,
      ...tooMany,
    ],
    notApplied: [
      ...state.unselected().map(({ object }) => ({
        file: object.file,
        line: object.line,
        message: `the rules about requests, as no Service among the manifests selects ${title(object)}`,
      })),
      ...(dryRun?.notTried ?? []),
    ],
    unusedIgnores: ignores.unused(lasting),
  };
}
