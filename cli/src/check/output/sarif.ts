import { createHash } from 'node:crypto';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonPieces, toSarifText } from '../../shared/untrusted-text.js';
import { readVersion } from '../../shared/package.js';
import type { CheckResult, IgnoredFinding } from '../check.js';
import { titleOf, type Finding } from '../finding.js';
import { groupOf, type Problem } from '../read/object.js';
import { urlOf, type Severity, type StateRule, type UpgradeRule } from '../rules/rule.js';
import { stateRules, upgradeRules } from '../rules/rules.js';

const RULES = [...stateRules, ...upgradeRules];
const RULE_INDEXES: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, place) => [id, place]));
const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const VERSION = readVersion();

/** The result as SARIF 2.1.0, as GitHub code scanning and others take it. Files are named from the working directory. */
export function toSarif(result: CheckResult): string {
  return [...toSarifPieces(result)].join('');
}

/** The same in pieces. */
export function toSarifPieces(result: CheckResult): Iterable<string> {
  const { problems, notApplied, unusedIgnores } = result;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'zero-downtime',
            semanticVersion: VERSION,
            informationUri: 'https://github.com/cdk8s-zero-downtime/cdk8s-zero-downtime',
            rules: RULES.map(toDescriptor),
          },
        },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: [
              ...problems.map((problem) => toNotification('error', problem)),
              ...notApplied.map(({ message, ...place }) =>
                toNotification('note', { ...place, message: `not applied: ${message}` }),
              ),
            ],
            toolConfigurationNotifications: unusedIgnores.map((unused) => toNotification('note', unused)),
          },
        ],
        results: resultsOf(result),
      },
    ],
  };
  // Down to the results.
  return jsonPieces(log, 4);
}

function* resultsOf({ findings, ignored }: CheckResult) {
  for (const finding of findings) {
    yield toResult(finding);
  }
  for (const finding of ignored) {
    yield toSuppressed(finding);
  }
}

function toDescriptor(rule: StateRule | UpgradeRule) {
  const { id, severity, reason, fix } = rule;
  return {
    id,
    shortDescription: { text: sentence(reason) },
    fullDescription: { text: sentence(reason) },
    help: {
      text: `${sentence(reason)} Instead: ${fix}.`,
      markdown: `${sentence(reason)}\n\n**Instead:** ${fix}.\n\n[About this rule](${urlOf(rule)})`,
    },
    helpUri: urlOf(rule),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['availability', 'kubernetes'] },
  };
}

function toResult(finding: Finding) {
  const { rule, severity, file, line, what, fix, reason } = finding;
  return {
    ruleId: rule,
    ruleIndex: RULE_INDEXES.get(rule),
    level: LEVELS[severity],
    message: { text: `${toSarifText(`${titleOf(finding)}: ${what}`)}. ${sentence(reason)} Instead: ${fix}.` },
    locations: [toLocation(file, line)],
    partialFingerprints: { 'zeroDowntime/v1': fingerprint(finding) },
  };
}

function toSuppressed(finding: IgnoredFinding) {
  const { ignoredBecause, ignoredBy } = finding;
  return {
    ...toResult(finding),
    suppressions: [
      {
        kind: ignoredBy === 'annotation' ? 'inSource' : 'external',
        status: 'accepted',
        justification: toSarifText(ignoredBecause),
      },
    ],
  };
}

function toNotification(level: string, { file, line, message }: Problem) {
  return { level, message: { text: toSarifText(message) }, locations: [toLocation(file, line)] };
}

function toLocation(file: string, line: number | undefined) {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(file) },
      ...(line === undefined ? {} : { region: { startLine: line } }),
    },
  };
}

/**
 * A file as a URI: from the working directory if it is in it. Something that is not a file, such as stdin, keeps its name, and
 * a file of a git revision, git:REVISION:PATH, has its path.
 */
function toUri(file: string): string {
  const ofRevision = /^git:[^:]*:(.+)$/s.exec(file)?.[1];
  // Windows allows half of a surrogate pair in a name, but a URI does not.
  const name = (ofRevision ?? file).replace(/\p{Cs}/gu, '\u{FFFD}');
  const path = relative(process.cwd(), resolve(name));
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    return pathToFileURL(path).href;
  }
  return path.split(sep).map(encodeURIComponent).join('/');
}

/** Stays the same when lines move or values change, so that a finding is recognised. */
function fingerprint({ rule, object, path }: Finding): string {
  const { apiVersion, kind, namespace, name } = object;
  return createHash('sha256')
    .update(JSON.stringify([rule, groupOf(apiVersion), kind, namespace, name, path]))
    .digest('hex');
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
