import { toXmlText, visible } from '../../shared/untrusted-text.js';
import type { CheckResult } from '../check.js';
import { titleOf, type Finding } from '../finding.js';
import { title, type ManifestObject } from '../read/object.js';

/** A testcase. It has passed if nothing is in it. */
interface Case {
  readonly failures: Finding[];
  /** Why it was skipped. */
  readonly skipped: string[];
  readonly errors: string[];
}

/** The testcases of a file, by name: GitLab reads only the first of each name. */
type Suite = Map<string, Case>;

/** Shared by the objects without findings, which are most. */
const PASSED: Case = { failures: [], skipped: [], errors: [] };

/**
 * The result as JUnit XML, as GitLab and Jenkins read it: a testsuite for each file, with a testcase for each object in
 * which nothing is found, for each rule that an object breaks or ignores, and for each place that was not checked, or not by all
 * rules.
 */
export function toJunit(result: CheckResult, objects: readonly ManifestObject[]): string {
  return [...toJunitPieces(result, objects)].join('');
}

/** The same in pieces. */
export function* toJunitPieces(result: CheckResult, objects: readonly ManifestObject[]): Generator<string> {
  const suites = new Map<string, Suite>();
  const suiteOf = (ofFile: string): Suite => {
    const file = visible(ofFile);
    const suite: Suite = suites.get(file) ?? new Map<string, Case>();
    suites.set(file, suite);
    return suite;
  };
  const caseOf = (file: string, ofName: string): Case => {
    const [suite, name] = [suiteOf(file), visible(ofName)];
    const known = suite.get(name) ?? PASSED;
    const found = known === PASSED ? { failures: [], skipped: [], errors: [] } : known;
    suite.set(name, found);
    return found;
  };

  const withFindings = new Set<string>();
  for (const list of [result.findings, result.ignored]) {
    for (const finding of list) {
      withFindings.add(`${titleOf(finding)} in ${finding.file}`);
    }
  }
  for (const object of objects) {
    if (!withFindings.has(`${title(object)} in ${object.file}`)) {
      suiteOf(object.file).set(visible(title(object)), PASSED);
    }
  }
  const nameOf = (finding: Finding) => `${titleOf(finding)}: ${finding.rule}`;
  for (const finding of result.findings) {
    caseOf(finding.file, nameOf(finding)).failures.push(finding);
  }
  for (const finding of result.ignored) {
    caseOf(finding.file, nameOf(finding)).skipped.push(`ignored: ${finding.ignoredBecause}`);
  }
  for (const { file, line, message } of result.problems) {
    caseOf(file, line === undefined ? 'not checked' : `line ${line} not checked`).errors.push(message);
  }

  for (const { file, line, message } of result.notApplied) {
    caseOf(file, `line ${line} not applied`).skipped.push(`not applied: ${message}`);
  }

  const all = [...suites.values()].flatMap((suite) => [...suite.values()]);
  const head = attributes({ name: 'zero-downtime check', ...counts(all) });
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n`;
  for (const [file, suite] of suites) {
    yield `  <testsuite${attributes({ name: file, ...counts([...suite.values()]) })}>\n`;
    for (const [name, one] of suite) {
      const inner = caseToXml(one);
      const open = `    <testcase${attributes({ classname: file, name, file })}`;
      yield inner === '' ? `${open}/>\n` : `${open}>\n      ${inner}\n    </testcase>\n`;
    }
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

/** One element at most, since readers take only the first; GitLab shows its text, Jenkins its message too. */
function caseToXml({ errors, failures, skipped }: Case): string {
  if (errors.length > 0) {
    return element('error', { message: errors[0] }, errors);
  }
  if (failures.length > 0) {
    const [{ severity, what, reason, fix }] = failures;
    const places = failures.map((one) => `${one.file}:${one.line} ${one.what}`);
    return element('failure', { type: severity, message: what }, [
      ...places,
      `why: ${reason}`,
      `fix: ${fix}`,
    ]);
  }
  return skipped.length > 0 ? element('skipped', { message: skipped[0] }, skipped) : '';
}

function element(name: string, values: Readonly<Record<string, string>>, lines: readonly string[]): string {
  return `<${name}${attributes(values)}>${lines.map(toXmlText).join('\n')}</${name}>`;
}

function counts(cases: readonly Case[]) {
  const failed = cases.filter(({ errors, failures }) => errors.length === 0 && failures.length > 0);
  const errors = cases.filter((one) => one.errors.length > 0);
  const skipped = cases.filter(
    (one) => one.skipped.length > 0 && one.failures.length + one.errors.length === 0,
  );
  return {
    tests: cases.length,
    failures: failed.length,
    errors: errors.length,
    skipped: skipped.length,
  };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${toXmlText(String(value))}"`)
    .join('');
}
