import { existsSync } from 'node:fs';
import { live, readAgainst } from './check/against.js';
import { check, type CheckResult } from './check/check.js';
import { defaultConfigFile, type Config } from './check/config/config.js';
import { readConfig } from './check/config/read.js';
import { rulesToJson, toJson } from './check/output/json.js';
import { toJunit } from './check/output/junit.js';
import { readOutputs, takesStdout, writeOutput } from './check/output/outputs.js';
import { toSarif } from './check/output/sarif.js';
import { printable, rulesToText, toText } from './check/output/text.js';
import type { LiveOptions } from './check/live/live.js';
import type { ManifestObject, Problem } from './check/read/object.js';
import type { Parsed as Manifests } from './check/read/parse.js';
import { readManifests } from './check/read/read.js';
import { severities, type Severity } from './check/rules/rule.js';
import { stateRules, upgradeRules } from './check/rules/rules.js';
import { optionHelp, parse, type OptionGroups, type Parsed } from './command-line.js';
import { UsageError } from './errors.js';

/** The outputs besides the text, by option. */
const formats: Readonly<Record<string, (result: CheckResult, objects: readonly ManifestObject[]) => string>> =
  { json: toJson, sarif: toSarif, junit: toJunit };

const checkOptions: OptionGroups = {
  Options: {
    against: {
      value: 'OLD',
      help: [
        'what is there before the change: a file or folder; git:REVISION:PATH, such as',
        'git:main:dist; or live, what the cluster of the kubeconfig runs',
      ],
    },
    context: { value: 'NAME', help: ['with live: the context of the kubeconfig'] },
    namespace: { value: 'NAME', help: ['with live: the namespace of objects that name none'] },
    severity: {
      value: 'SEVERITY',
      help: [`the least that counts: ${severities.join(', ')} [warning]`],
    },
    config: { value: 'FILE', help: [`severities and ignores [${defaultConfigFile}, if it exists]`] },
    json: { value: 'FILE', help: ['write the result as JSON'] },
    sarif: { value: 'FILE', help: ['write the result as SARIF 2.1.0, for GitHub code scanning'] },
    junit: { value: 'FILE', help: ['write the result as JUnit XML, for GitLab and Jenkins'] },
    help: { help: ['show this help'] },
  },
};

/** The help of `zero-downtime check`. */
export const checkHelp = `Usage: zero-downtime check MANIFESTS... [OPTIONS]

Says what in Kubernetes manifests makes a rollout, a drain or a scale-down drop requests, and
with --against what the step from the old ones does. MANIFESTS are files, folders (all *.yaml,
*.yml and *.json in them) and - for standard input. A cluster is asked only with --against live,
by kubectl get, and never changed.

${optionHelp(checkOptions)}

FILE may be - for standard output, in place of the text.
An object ignores a rule with the annotation zero-downtime/ignore: "RULE: REASON", a line each.

Exit status: 0 nothing found, 2 something found, 1 something could not be checked (the reasons are printed).

Examples:
  zero-downtime check dist/
  zero-downtime check dist/ --against released/
  zero-downtime check dist/ --against git:main:dist
  zero-downtime check dist/ --against live --namespace shop
  helm template shop | zero-downtime check - --severity error
  zero-downtime check dist/ --sarif zero-downtime.sarif --junit zero-downtime.xml
`;

const rulesOptions: OptionGroups = {
  Options: {
    json: { value: 'FILE', help: ['write the list as JSON; - is standard output'] },
    help: { help: ['show this help'] },
  },
};

/** The help of `zero-downtime rules`. */
export const rulesHelp = `Usage: zero-downtime rules [OPTIONS]

Lists what zero-downtime check looks for.

${optionHelp(rulesOptions)}
`;

/** Runs `zero-downtime check` and returns its exit status. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const parsed = parse(args, checkOptions, 'zero-downtime check');
  const { values } = parsed;
  const paths = [...parsed.positionals, ...parsed.rest];
  if (values.help) {
    process.stdout.write(checkHelp);
    return 0;
  }
  const severity = readSeverity(parsed);
  const cluster = readCluster(parsed);
  if (paths.length === 0) {
    throw new UsageError('write the MANIFESTS to check; see zero-downtime check --help');
  }
  // As an unset variable of a script gives it.
  if (paths.includes('')) throw new UsageError('MANIFESTS: got ""; write a file, a folder or -');
  for (const option of ['against', 'config']) {
    if (values[option] === '') throw new UsageError(`--${option}: got ""; see zero-downtime check --help`);
  }
  const file = configFile(parsed);
  const outputs = readOutputs(values, Object.keys(formats), [...paths, values.against, file]);
  const { config, problems } = file === undefined ? { config: {}, problems: [] } : readConfig(file);
  if (problems.length > 0) {
    process.stderr.write(problems.map((problem) => noteLine('', problem)).join(''));
    return 1;
  }
  const manifests = readManifests(paths);
  const all = await checkAgainst(values.against, manifests, cluster, config);
  const result = atLeast(severity ?? config.severity ?? 'warning', all);

  if (!takesStdout(outputs)) {
    process.stdout.write(toText(result, Boolean(process.stdout.isTTY && !process.env.NO_COLOR)));
  }
  process.stderr.write(result.problems.map((problem) => noteLine(' not checked:', problem)).join(''));
  process.stderr.write(result.unusedIgnores.map((unused) => noteLine(' info', unused)).join(''));
  for (const output of outputs) {
    writeOutput(output, formats[output.option](result, manifests.objects));
  }
  if (result.problems.length > 0) return 1;
  return result.findings.length > 0 ? 2 : 0;
}

/** Runs `zero-downtime rules` and returns its exit status. */
export async function rulesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals, rest } = parse(args, rulesOptions, 'zero-downtime rules');
  if (values.help) {
    process.stdout.write(rulesHelp);
    return 0;
  }
  const [extra] = [...positionals, ...rest];
  if (extra !== undefined) throw new UsageError(`rules: got "${extra}"; write nothing after it`);
  const outputs = readOutputs(values, ['json']);
  if (!takesStdout(outputs)) process.stdout.write(rulesToText([...stateRules, ...upgradeRules]));
  for (const output of outputs) writeOutput(output, rulesToJson(stateRules, upgradeRules));
  return 0;
}

/** Which cluster --against live asks. */
function readCluster({ values }: Parsed): LiveOptions {
  for (const option of ['context', 'namespace']) {
    const value = values[option];
    if (value === undefined) continue;
    if (values.against !== live) throw new UsageError(`--${option}: write --against ${live} with it`);
    if (
      value === '' ||
      (option === 'namespace' && !/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(String(value)))
    ) {
      throw new UsageError(`--${option}: got "${String(value)}"; write the name of a ${option}`);
    }
  }
  const { context, namespace } = values as { context?: string; namespace?: string };
  return { context, namespace };
}

/** Checks manifests, and with --against the change from what is there. */
async function checkAgainst(
  source: unknown,
  manifests: Manifests,
  cluster: LiveOptions,
  config: Config,
): Promise<CheckResult> {
  if (typeof source !== 'string') return check(manifests, undefined, config);
  const compared = await readAgainst(source, manifests, cluster);
  return check(compared.manifests, compared.against, { ...config, removes: compared.removes });
}

function readSeverity({ values }: Parsed): Severity | undefined {
  if (values.severity === undefined) return undefined;
  const severity = severities.find((name) => name === values.severity);
  if (severity !== undefined) return severity;
  throw new UsageError(`--severity: got "${String(values.severity)}"; write ${severities.join(', ')}`);
}

/** The configuration file; none if none is named and the usual one does not exist. */
function configFile({ values }: Parsed): string | undefined {
  if (typeof values.config === 'string') return values.config;
  return existsSync(defaultConfigFile) ? defaultConfigFile : undefined;
}

function atLeast(least: Severity, result: CheckResult): CheckResult {
  const counts = severities.slice(0, severities.indexOf(least) + 1);
  return { ...result, findings: result.findings.filter(({ severity }) => counts.includes(severity)) };
}

function noteLine(kind: string, { file, line, message }: Problem): string {
  return `${printable(`${file}${line === undefined ? '' : `:${line}`}${kind} ${message}`)}\n`;
}
