import { check, type CheckResult } from './check/check.js';
import { State } from './check/model/state.js';
import { toJson } from './check/output/json.js';
import { plansToSvg } from './check/output/plan-svg.js';
import { plansToText } from './check/output/plan-text.js';
import { printable, rulesToText, toText } from './check/output/text.js';
import { defaultPodStart, readTiming } from './check/plan/options.js';
import { planRollouts } from './check/plan/plan.js';
import type { ManifestObject, Problem } from './check/read/object.js';
import { readManifests } from './check/read/read.js';
import { severities, type Severity } from './check/rules/rule.js';
import { stateRules, upgradeRules } from './check/rules/rules.js';
import { optionHelp, parse, type OptionGroups, type Parsed } from './command-line.js';
import { UsageError } from './errors.js';
import { checkWritable, writeWhole } from './files.js';

const checkOptions: OptionGroups = {
  Options: {
    against: { value: 'PATH', help: ['the manifests before the change, a file or a folder'] },
    severity: {
      value: 'SEVERITY',
      help: [`the least that counts: ${severities.join(', ')} [warning]`],
    },
    json: { value: 'FILE', help: ['write the result as JSON'] },
    help: { help: ['show this help'] },
  },
  'The next rollout': {
    plan: { help: ['say what the next rollout of each Deployment does: waves, pods, time'] },
    startup: {
      value: '[NAME=]DURATION',
      multiple: true,
      help: [
        'how long an application takes until it answers, of all Deployments or of one',
        '[the delay of its probe and one period]',
      ],
    },
    'pod-start': {
      value: 'DURATION',
      help: [
        'how long a pod takes until its containers start: scheduling, image,',
        `init containers [${defaultPodStart}]`,
      ],
    },
    'plan-svg': { value: 'FILE', help: ['draw the rollouts as a timeline'] },
  },
};

/** The help of `zero-downtime check`. */
export const checkHelp = `Usage: zero-downtime check MANIFESTS... [OPTIONS]

Says what in Kubernetes manifests makes a rollout, a drain or a scale-down drop requests, and
with --against what the step from the old ones does. MANIFESTS are files, folders (all *.yaml,
*.yml and *.json in them) and - for standard input. No cluster is asked.

${optionHelp(checkOptions)}

An object ignores a rule with the annotation zero-downtime/ignore: "RULE: REASON", a line each.

Exit status: 0 nothing found, 2 something found, 1 something could not be checked (the reasons are printed).

Examples:
  zero-downtime check dist/
  zero-downtime check dist/ --against released/
  zero-downtime check dist/ --plan --startup 20s
  helm template shop | zero-downtime check - --severity error
`;

/** Runs `zero-downtime check` and returns its exit status. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, checkOptions, 'zero-downtime check');
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(checkHelp);
    return 0;
  }
  const least = readSeverity(parsed);
  if (positionals.length === 0) {
    throw new UsageError('write the MANIFESTS to check; see zero-downtime check --help');
  }
  const json = typeof values.json === 'string' ? values.json : undefined;
  if (json !== undefined) checkWritable('--json', json);
  const planning = readPlanning(parsed);
  const against = typeof values.against === 'string' ? readManifests([values.against]) : undefined;
  const manifests = readManifests(positionals);
  const plans = planning && planOf(manifests.objects, planning);
  const result = atLeast(least, check(manifests, against));
  if (plans) process.stdout.write(`${plansToText(plans)}\n`);
  process.stdout.write(toText(result));
  if (json !== undefined) writeWhole(json, toJson(result, plans));
  if (plans && planning.svg !== undefined) writeWhole(planning.svg, plansToSvg(plans));
  process.stderr.write(result.problems.map(problemLine).join(''));
  if (result.problems.length > 0) return 1;
  return result.findings.length > 0 ? 2 : 0;
}

/** Runs `zero-downtime rules` and returns its exit status. */
export async function rulesCommand(args: readonly string[]): Promise<number> {
  const { positionals } = parse(args, {}, 'zero-downtime rules');
  if (positionals.length > 0) throw new UsageError(`rules: got "${positionals[0]}"; write nothing after it`);
  process.stdout.write(rulesToText([...stateRules, ...upgradeRules]));
  return 0;
}

/** What is asked of the plans of rollouts. */
interface Planning {
  readonly startups: readonly string[];
  readonly podStart: string;
  readonly svg?: string;
}

function readPlanning({ values }: Parsed): Planning | undefined {
  const svg = typeof values['plan-svg'] === 'string' ? values['plan-svg'] : undefined;
  if (svg !== undefined) checkWritable('--plan-svg', svg);
  if (values.plan || svg !== undefined) {
    const startups = Array.isArray(values.startup) ? values.startup.map(String) : [];
    return { startups, podStart: String(values['pod-start'] ?? defaultPodStart), svg };
  }
  const lost = ['startup', 'pod-start'].find((name) => values[name] !== undefined);
  if (lost !== undefined) throw new UsageError(`--${lost}: write --plan or --plan-svg with it`);
  return undefined;
}

function planOf(objects: readonly ManifestObject[], { startups, podStart }: Planning) {
  const state = new State(objects);
  return planRollouts(state, readTiming(startups, podStart, state));
}

function readSeverity({ values }: Parsed): Severity {
  const severity = severities.find((name) => name === (values.severity ?? 'warning'));
  if (severity !== undefined) return severity;
  throw new UsageError(`--severity: got "${String(values.severity)}"; write ${severities.join(', ')}`);
}

function atLeast(least: Severity, result: CheckResult): CheckResult {
  const counts = severities.slice(0, severities.indexOf(least) + 1);
  return { ...result, findings: result.findings.filter(({ severity }) => counts.includes(severity)) };
}

function problemLine({ file, line, message }: Problem): string {
  return `${printable(`${file}${line === undefined ? '' : `:${line}`} not checked: ${message}`)}\n`;
}
