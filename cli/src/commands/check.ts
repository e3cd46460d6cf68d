import { setFlagsFromString } from 'node:v8';
import { LIVE, readAgainst, type Compared } from '../check/against.js';
import { check, type CheckResult } from '../check/check.js';
import { DEFAULT_CONFIG_FILE } from '../check/config/config.js';
import { configFile, findConfig } from '../check/config/read.js';
import type { LiveOptions } from '../check/live/live.js';
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
import { SEVERITIES, type Severity } from '../check/rules/rule.js';
import { atLeast } from '../check/severity.js';
import { optionHelp, parse, type OptionGroups, type Parsed } from '../shared/command-line.js';
import { UsageError } from '../shared/errors.js';
import { readOutputs, takesStdout, writeOutputs, writeStdout, type Inputs } from '../shared/outputs.js';

/** What is known when outputs are written. */
interface Checked {
  readonly result: CheckResult;
  readonly objects: readonly ManifestObject[];
  /** If they were asked for. */
  readonly plans?: readonly Plan[];
}

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
      help: [
        'the manifests before the change: a file or folder; git:REVISION:PATH, such as',
        'git:main:dist; or live, what the cluster of the kubeconfig runs',
      ],
    },
    'no-prune': { help: ['what only the old manifests have stays, as with kubectl apply'] },
    context: { value: 'NAME', help: ['with live: the context of the kubeconfig'] },
    namespace: { value: 'NAME', help: ['with live: the namespace of objects that name none'] },
  },
  'What counts': {
    severity: {
      value: 'SEVERITY',
      help: [`the lowest severity that counts: ${SEVERITIES.join(', ')} [warning]`],
    },
    config: { value: 'FILE', help: [`severities and ignores [${DEFAULT_CONFIG_FILE}, if it exists]`] },
  },
  'The next rollout': PLAN_OPTIONS,
  Output: {
    json: { value: 'FILE', help: ['write the result as JSON'] },
    sarif: { value: 'FILE', help: ['write the result as SARIF 2.1.0, for GitHub code scanning'] },
    junit: { value: 'FILE', help: ['write the result as JUnit XML, for GitLab and Jenkins'] },
    'plan-svg': { value: 'FILE', help: ['as --plan, and draw the rollouts as a timeline'] },
    help: { help: ['show this help'] },
  },
};

/** The help of `zero-downtime check`. */
export const CHECK_HELP = `Usage: zero-downtime check MANIFESTS... [OPTIONS]

Says what in Kubernetes manifests makes a rollout, a drain or a scale-down drop requests, and
with --against, what in the change from the old manifests does. With --plan it also says how the
next rollout goes. MANIFESTS are files, folders (all *.yaml, *.yml and *.json in them) and - for
standard input. Only --against live asks a cluster, with kubectl get, and never changes it.

${optionHelp(CHECK_OPTIONS)}

FILE may be - for standard output, in place of the text.
An object ignores a rule with the annotation zero-downtime/ignore: "RULE: REASON", a line each.

Exit status: 0 nothing found, 2 something found, 1 something could not be checked (the reasons are printed).

Examples:
  zero-downtime check dist/
  zero-downtime check dist/ --against released/
  zero-downtime check dist/ --against git:main:dist
  zero-downtime check dist/ --against live --namespace shop
  zero-downtime check dist/ --plan --startup 20s
  helm template shop | zero-downtime check - --severity error
  zero-downtime check dist/ --sarif zero-downtime.sarif --junit zero-downtime.xml
`;

/** Runs `zero-downtime check` and returns its exit status. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, CHECK_OPTIONS, 'zero-downtime check');
  const { values } = parsed;
  const paths = [...parsed.positionals, ...parsed.rest];
  if (values.help) {
    process.stdout.write(CHECK_HELP);
    return 0;
  }
  const severity = readSeverity(parsed);
  const cluster = readCluster(parsed);
  if (values['no-prune'] && values.against === undefined) {
    throw new UsageError('--no-prune: write --against with it');
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
  const { manifests, against, removes } = await readAll(paths, values.against, cluster);
  const plans = planning && planAll(manifests.objects, planning);
  const all = check(manifests, against, { ...config, removes: values['no-prune'] ? false : removes });
  const result = atLeast(severity ?? config.severity ?? 'warning', all);

  // Files are written at once, even while standard output waits for its reader.
  const printed = print(result, plans, takesStdout(outputs));
  try {
    await writeOutputs(outputs, (option) => FORMATS[option]({ result, objects: manifests.objects, plans }));
  } finally {
    await printed;
  }
  if (result.problems.length > 0) {
    return 1;
  }
  return result.findings.length > 0 ? 2 : 0;
}

/** Makes V8 free unused memory early, not only when the heap has grown to several times its size. */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
  // From Node.js 24 on, new objects get twice 32 MB before the garbage is collected; before Node.js 24 it was twice 16 MB.
  if (Number.parseInt(process.versions.node, 10) >= 24) {
    setFlagsFromString('--semi-space-growth-factor=1');
  }
}

/** Prints the findings to standard output, unless an output goes there, then problems and unused ignores to standard error. */
async function print(
  result: CheckResult,
  plans: readonly Plan[] | undefined,
  isStdoutTaken: boolean,
): Promise<void> {
  if (!isStdoutTaken) {
    if (plans) {
      await writeStdout([plansToText(plans), '\n']);
    }
    await writeStdout(toTextPieces(result, Boolean(process.stdout.isTTY && !process.env.NO_COLOR)));
  }
  process.stderr.write(result.problems.map((problem) => noteLine(' not checked:', problem)).join(''));
  process.stderr.write(result.unusedIgnores.map((unused) => noteLine(' info', unused)).join(''));
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

/** Which cluster --against live asks. */
function readCluster({ values }: Parsed): LiveOptions {
  for (const option of ['context', 'namespace']) {
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
  return { context, namespace };
}

function readSeverity({ values }: Parsed): Severity | undefined {
  if (values.severity === undefined) {
    return undefined;
  }
  const severity = SEVERITIES.find((name) => name === values.severity);
  if (severity !== undefined) {
    return severity;
  }
  throw new UsageError(`--severity: got "${String(values.severity)}"; write ${SEVERITIES.join(', ')}`);
}
