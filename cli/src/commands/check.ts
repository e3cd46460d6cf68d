import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { LIVE, readAgainst, type Compared } from '../check/against.js';
import { check, type CheckResult } from '../check/check.js';
import { DEFAULT_CONFIG_FILE } from '../check/config/config.js';
import { configFile, findConfig } from '../check/config/read.js';
import { NEWEST_VERSION, whyUnknown } from '../check/kubernetes/version.js';
import type { LiveOptions } from '../check/live/live.js';
import { toGithubPieces, toGithubSummary } from '../check/output/github.js';
import { toJsonPieces } from '../check/output/json.js';
import { toJunitPieces } from '../check/output/junit.js';
import { plansToSvg } from '../check/output/plan-svg.js';
import { plansToText } from '../check/output/plan-text.js';
import { toSarifPieces } from '../check/output/sarif.js';
import { noteLine, toTextPieces } from '../check/output/text.js';
import { planAll, PLAN_OPTIONS, readPlanning } from '../check/plan/options.js';
import type { Plan } from '../check/plan/plan.js';
import { isStdin } from '../check/read/file.js';
import { isGit } from '../check/read/git.js';
import type { ManifestObject } from '../check/read/object.js';
import { isManifest, placesOf, readManifests } from '../check/read/read.js';
import { Room } from '../check/read/room.js';
import { SEVERITIES } from '../check/rules/rule.js';
import { atLeast } from '../check/severity.js';
import { COLOR_CHOICES, useColor } from '../shared/color.js';
import { readChoice, type CommandSpec, type OptionGroups, type Parsed } from '../shared/command-line.js';
import { UsageError } from '../shared/errors.js';
import { readOutputs, takesStdout, writeOutputs, writeStdout, type Inputs } from '../shared/outputs.js';

/** What is known when outputs are written. */
interface Checked {
  readonly result: CheckResult;
  readonly objects: readonly ManifestObject[];
  /** If they were asked for. */
  readonly plans?: readonly Plan[];
}

/** What may be printed. */
const PRINTED = ['text', 'github'] as const;

/** The outputs besides the text, by option. */
const FORMATS: Readonly<Record<string, (checked: Checked) => Iterable<string>>> = {
  json: ({ result, plans }) => toJsonPieces(result, plans),
  sarif: ({ result }) => toSarifPieces(result),
  junit: ({ result, objects }) => toJunitPieces(result, objects),
  'plan-svg': ({ plans = [] }) => [plansToSvg(plans)],
};

const CHECK_OPTIONS: OptionGroups = {
  'The change': {
    against: {
      value: 'OLD',
      help: 'the manifests before the change: a file or folder; git:REVISION:PATH, such as git:main:dist; or live, what the cluster of the kubeconfig runs',
    },
    'keep-removed': { help: 'what only the old manifests have stays, as with kubectl apply' },
    context: { value: 'NAME', help: 'with live: the context of the kubeconfig' },
    namespace: { value: 'NAME', help: 'with live: the namespace of objects that name none' },
    'server-dry-run': {
      help: 'with live: also apply every object without keeping it, and report what the cluster refuses',
    },
  },
  'What counts': {
    'kubernetes-version': {
      value: 'VERSION',
      help: `the Kubernetes that the manifests are for, such as 1.34 [${NEWEST_VERSION}, the newest that is known]`,
    },
    severity: { value: 'SEVERITY', choices: SEVERITIES, help: 'the lowest severity that counts [warning]' },
    strict: { help: 'exit with 2, too, when rules were not applied to an object' },
    config: { value: 'FILE', help: `severities and ignores [${DEFAULT_CONFIG_FILE}, if it exists]` },
  },
  'The next rollout': PLAN_OPTIONS,
  Output: {
    json: { value: 'FILE', help: 'write the result as JSON' },
    sarif: { value: 'FILE', help: 'write the result as SARIF 2.1.0, for GitHub code scanning' },
    junit: { value: 'FILE', help: 'write the result as JUnit XML, for GitLab and Jenkins' },
    'plan-svg': { value: 'FILE', help: 'as --plan, and draw the rollouts as a timeline' },
    output: {
      value: 'FORMAT',
      choices: PRINTED,
      help: 'what is printed: text, or annotations of a GitHub workflow, with a summary of its step [text]',
    },
    color: {
      value: 'WHEN',
      choices: COLOR_CHOICES,
      help: 'whether the text has colors [auto: on a terminal]',
    },
  },
};

/** `zero-downtime check` */
export const CHECK: CommandSpec = {
  name: 'check',
  summary: 'say what in manifests, or in a change of them, drops requests',
  usage: 'MANIFESTS... [OPTIONS]',
  description: `Says what in Kubernetes manifests makes a rollout, a drain or a scale-down drop requests, and with --against, what in the change from the old manifests does. With --plan it also says how the next rollout goes. MANIFESTS are files, folders (all *.yaml, *.yml and *.json in them) and - for standard input. Only --against live asks a cluster, with kubectl get and, with --server-dry-run, kubectl apply --dry-run=server, and never changes it.`,
  options: CHECK_OPTIONS,
  more: `FILE may be - for standard output, in place of the text.
An object ignores a rule with the annotation zero-downtime/ignore: "RULE: REASON", a line each.

Exit status: 0 nothing found, 2 something found or with --strict not applied, 1 something could not be checked (the reasons are printed).

Examples:
  zero-downtime check dist/
  zero-downtime check dist/ --against released/
  zero-downtime check dist/ --against git:main:dist
  zero-downtime check dist/ --against live --namespace shop --server-dry-run
  zero-downtime check dist/ --plan --startup 20s
  helm template shop | zero-downtime check - --severity error
  zero-downtime check dist/ --sarif zero-downtime.sarif --junit zero-downtime.xml`,
  run: runCheck,
};

async function runCheck(parsed: Parsed): Promise<number> {
  const { values } = parsed;
  const paths = [...parsed.positionals, ...(parsed.rest ?? [])];
  const inColor = useColor(readChoice(values, 'color', COLOR_CHOICES), process.stdout, process.env);
  const format = readChoice(values, 'output', PRINTED) ?? 'text';
  const severity = readChoice(values, 'severity', SEVERITIES);
  const version = readVersion(values['kubernetes-version']);
  const cluster = readCluster(parsed);
  if (values['keep-removed'] && values.against === undefined) {
    throw new UsageError('--keep-removed: write --against with it');
  }
  if (paths.length === 0) {
    throw new UsageError('write the MANIFESTS to check; see zero-downtime check --help');
  }
  // What an unset variable in a script becomes.
  if (paths.includes('')) {
    throw new UsageError('MANIFESTS: got ""; write a file, a folder or -');
  }
  refuseUrls({ MANIFESTS: paths, '--against': [values.against], '--config': [values.config] });
  const file = configFile(typeof values.config === 'string' ? values.config : undefined);
  const outputs = readOutputs(values, Object.keys(FORMATS), () => inputsOf(paths, values.against, file));
  const planning = readPlanning(parsed);
  refuseStdinTwice([paths.find(isStdin), values.against, file]);
  keepHeapSmall();
  const { config, problems } = await findConfig(file);
  if (problems.length > 0) {
    process.stderr.write(problems.map((problem) => noteLine('', problem)).join(''));
    return 1;
  }
  const { manifests, against, removes, dryRun } = await readAll(paths, values.against, cluster);
  const plans = planning && planAll(manifests.objects, planning);
  const all = check(manifests, against, {
    ...config,
    ...(version === undefined ? {} : { kubernetesVersion: version }),
    removes: values['keep-removed'] ? false : removes,
    dryRun,
  });
  const result = atLeast(severity ?? config.severity ?? 'warning', all);

  // Files are written at once, even while standard output waits for its reader.
  const pieces = format === 'github' ? toGithubPieces(result) : toTextPieces(result, inColor);
  const printed = takesStdout(outputs) ? undefined : print(pieces, plans);
  try {
    await writeOutputs(outputs, (option) => FORMATS[option]({ result, objects: manifests.objects, plans }));
  } finally {
    await printed;
    printNotes(result, format);
  }
  if (format === 'github') {
    addSummary(toGithubSummary(result), process.env.GITHUB_STEP_SUMMARY);
  }
  if (result.problems.length > 0) {
    return 1;
  }
  return result.findings.length > 0 || (values.strict && result.notApplied.length > 0) ? 2 : 0;
}

/** Makes V8 free unused memory early, not only when the heap has grown to several times its size. */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
  // From Node.js 24 on, new objects get twice 32 MB before the garbage is collected; before Node.js 24 it was twice 16 MB.
  if (Number.parseInt(process.versions.node, 10) >= 24) {
    setFlagsFromString('--semi-space-growth-factor=1');
  }
}

async function print(pieces: Iterable<string>, plans: readonly Plan[] | undefined): Promise<void> {
  if (plans) {
    await writeStdout([plansToText(plans), '\n']);
  }
  await writeStdout(pieces);
}

/** Prints to standard error what could not be checked, unless it is an annotation already, and unused ignores. */
function printNotes({ problems, unusedIgnores }: CheckResult, format: (typeof PRINTED)[number]): void {
  if (format === 'text') {
    process.stderr.write(problems.map((problem) => noteLine(' not checked:', problem)).join(''));
  }
  process.stderr.write(unusedIgnores.map((unused) => noteLine(' info', unused)).join(''));
}

/** Adds to the summary of the step, if GitHub gives it one. */
function addSummary(markdown: string, file = ''): void {
  if (file === '') {
    return;
  }
  try {
    appendFileSync(file, `${markdown}\n`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `GITHUB_STEP_SUMMARY: the file cannot be written (${code}); run it in a step of a workflow`,
    );
  }
}

/** What this check reads, and what the next one would read. */
function inputsOf(paths: readonly string[], against: unknown, config = DEFAULT_CONFIG_FILE): Inputs {
  const isOnDisk = typeof against === 'string' && against !== LIVE && !isGit(against);
  const { files, folders } = placesOf(isOnDisk ? [...paths, against] : paths);
  return { files: [...files, config], folders: { paths: folders, reads: isManifest } };
}

/** Refuses URLs, which kubectl takes: one may hold a password, and the name of a missing file is in every output. */
function refuseUrls(sources: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [name, texts] of Object.entries(sources)) {
    if (!texts.some((text) => typeof text === 'string' && /^(?:git:)?[a-z][a-z\d+.-]*:\/\//i.test(text))) {
      continue;
    }
    throw new UsageError(
      `${name}: got a URL, not shown as it may hold a password; write a file, or - and curl -fsS URL | before the command`,
    );
  }
}

function refuseStdinTwice(sources: readonly unknown[]): void {
  const [, second] = sources.filter((source) => typeof source === 'string' && isStdin(source));
  if (second === undefined) {
    return;
  }
  throw new UsageError('standard input can be read only once; write a file for all but one');
}

/** Reads the manifests, and with --against what they are compared with. */
async function readAll(
  paths: readonly string[],
  source: unknown,
  cluster: LiveOptions,
): Promise<Partial<Compared> & Pick<Compared, 'manifests'>> {
  const room = new Room();
  const manifests = await readManifests(paths, room);
  return typeof source === 'string' ? readAgainst(source, manifests, cluster, room) : { manifests };
}

/** The version of Kubernetes that the manifests are for; none if the configuration or the default says it. */
function readVersion(value: unknown): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const why = whyUnknown(String(value));
  if (why !== undefined) {
    throw new UsageError(`--kubernetes-version: ${why}`);
  }
  return String(value);
}

/** Which cluster --against live asks. */
function readCluster({ values }: Parsed): LiveOptions {
  for (const option of ['context', 'namespace', 'server-dry-run']) {
    const value = values[option];
    if (value === undefined) {
      continue;
    }
    if (values.against !== LIVE) {
      throw new UsageError(`--${option}: write --against ${LIVE} with it`);
    }
    if (option === 'namespace' && !/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(String(value))) {
      throw new UsageError(`--${option}: got "${String(value)}"; write the name of a namespace`);
    }
  }
  const { context, namespace } = values as { context?: string; namespace?: string };
  return { context, namespace, serverDryRun: values['server-dry-run'] === true };
}
