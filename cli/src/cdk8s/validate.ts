import { check, type CheckResult } from '../check/check.js';
import type { Config } from '../check/config/config.js';
import { configFile, findConfig } from '../check/config/read.js';
import { titleOf, type Finding } from '../check/finding.js';
import { groupBy } from '../check/model/values/grouped.js';
import { noteLine } from '../check/output/text.js';
import { title, type ManifestObject, type Problem } from '../check/read/object.js';
import type { Parsed as Manifests } from '../check/read/parse.js';
import { readManifests } from '../check/read/read.js';
import { Room } from '../check/read/room.js';
import { atLeast } from '../check/severity.js';
import { printable } from '../shared/untrusted-text.js';
import { removeConstructMetadata } from './construct-metadata.js';
import type { ValidationContext, Violation } from './context.js';
import { readProperties, refused } from './properties.js';

/**
 * Checks the manifests of a cdk8s app and fills in the report. Unused ignores are printed to standard error.
 *
 * @throws UsageError for properties or a configuration that cannot be used
 */
export async function validate(properties: unknown, context: ValidationContext): Promise<void> {
  removeConstructMetadata(context);
  const { severity, config: file, fileByFile } = readProperties(properties);
  const { config, problems: mistakes } = await findConfig(configFile(file));
  if (mistakes.length > 0) {
    throw refused(mistakes.map((mistake) => noteLine('', mistake).trimEnd()));
  }
  const files = [...context.manifests].sort();
  const states: Manifests[] = [];
  const room = new Room();
  for (const paths of fileByFile ? files.map((file) => [file]) : [files]) {
    states.push(await readManifests(paths, room));
  }
  const least = severity ?? config.severity ?? 'warning';
  const results = states.map((state) => atLeast(least, check(state, undefined, config)));
  const all = <T>(of: (result: CheckResult) => readonly T[]) => results.flatMap(of);
  const findings = all((result) => result.findings);
  const problems = all((result) => result.problems);

  const objects = states.flatMap((state) => state.objects);
  const withPath = namesakesOf(objects.filter(({ name }) => Object.hasOwn(context.metadata, name)));
  for (const found of groups(findings, ({ rule }) => rule)) {
    context.report.addViolation(violationOf(found, withPath));
  }
  if (problems.length > 0) {
    context.report.addViolation(notChecked(problems, fileByFile));
  }
  context.report.submit(findings.length + problems.length > 0 ? 'failure' : 'success', {
    Objects: String(objects.length),
    Findings: String(findings.length),
    Ignored: String(all(({ ignored }) => ignored).length),
    'Not checked': String(problems.length),
  });
  process.stderr.write(
    unusedIgnores(results, config)
      .map((unused) => noteLine(' info', unused))
      .join(''),
  );
}

/** The unused ignores. One of the configuration is unused if no file uses it. */
function unusedIgnores(results: readonly CheckResult[], { ignore = [] }: Config): readonly Problem[] {
  const unused = results.flatMap((result) => result.unusedIgnores);
  const ofConfig = new Set(ignore.map(({ file }) => file));
  return groups(unused, (one) => noteLine('', one))
    .filter((same) => !ofConfig.has(same[0].file) || same.length >= results.length)
    .map(([one]) => one);
}

/** The violation of a rule by all objects that break it. */
function violationOf(found: readonly Finding[], withPath: ReadonlyMap<string, Namesakes>): Violation {
  const [{ rule, severity, reason, fix, url }] = found;
  return {
    ruleName: rule,
    recommendation: `${severity}: ${reason}`,
    fix: `${fix}; see ${url}`,
    violatingResources: groups(found, (finding) => `${finding.file} ${titleOf(finding)}`).map((ofObject) => {
      const [first] = ofObject;
      const note = noteOnPath(first, withPath);
      return {
        resourceName: printable(first.object.name),
        manifestPath: printable(first.file),
        locations: ofObject.map((finding) =>
          printable(`line ${finding.line}, ${titleOf(finding)}: ${finding.what}${note}`),
        ),
      };
    }),
  };
}

/**
 * A note for a finding to which cdk8s-cli adds the construct path of another object: of objects with one name, cdk8s keeps only
 * the path of the last.
 */
function noteOnPath({ file, object }: Finding, withPath: ReadonlyMap<string, Namesakes>): string {
  const namesakes = withPath.get(object.name);
  if (namesakes === undefined) {
    return '';
  }
  const { files, count, last } = namesakes;
  if (files.size > 1 || !files.has(file)) {
    return ` (construct path: of one of ${count} objects of this name)`;
  }
  return last === title(object) ? '' : ` (construct path: of ${last})`;
}

/** Objects of one name. */
interface Namesakes {
  readonly files: ReadonlySet<string>;
  readonly count: number;
  readonly last: string;
}

function namesakesOf(objects: readonly ManifestObject[]): ReadonlyMap<string, Namesakes> {
  const all = [...groupBy(objects, ({ name }) => name)].map(([name, same]): [string, Namesakes] => [
    name,
    { files: new Set(same.map(({ file }) => file)), count: same.length, last: title(same[same.length - 1]) },
  ]);
  return new Map(all);
}

/** What could not be checked, as cdk8s-cli can report it: by file. */
function notChecked(problems: readonly Problem[], fileByFile: boolean): Violation {
  return {
    ruleName: 'not-checked',
    recommendation: 'error: what could not be checked may drop requests',
    fix: `correct what the locations name${
      fileByFile ? '' : '; if the files are versions of the same objects, set fileByFile: true'
    }`,
    violatingResources: groups(problems, ({ file }) => file).map((ofFile) => ({
      resourceName: 'N/A',
      manifestPath: printable(ofFile[0].file),
      locations: ofFile.map(({ line, message }) =>
        printable(line === undefined ? message : `line ${line}: ${message}`),
      ),
    })),
  };
}

function groups<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly T[])[] {
  return [...groupBy(all, keyOf).values()];
}
