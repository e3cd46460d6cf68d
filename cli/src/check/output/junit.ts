import { toXmlText, visible } from '../../outside-text.js';
import type { CheckResult, IgnoredFinding } from '../check.js';
import { titleOf, type Finding } from '../finding.js';
import { title, type ManifestObject } from '../read/object.js';

/** A testcase, which passed if nothing is in it. */
interface Case {
  readonly failures: Finding[];
  readonly skipped: IgnoredFinding[];
  readonly errors: string[];
}

/** The testcases of a file, by name: GitLab reads only the first of each name. */
type Suite = Map<string, Case>;

/**
 * The result as JUnit XML, as GitLab and Jenkins read it: a testsuite for each file, with a testcase for each object in
 * which nothing is found, for each rule that an object breaks or ignores, and for each place that could not be checked.
 */
export function toJunit(result: CheckResult, objects: readonly ManifestObject[]): string {
  const suites = new Map<string, Suite>();
  const caseOf = (ofFile: string, ofName: string): Case => {
    const [file, name] = [visible(ofFile), visible(ofName)];
    const suite: Suite = suites.get(file) ?? new Map<string, Case>();
    const found = suite.get(name) ?? { failures: [], skipped: [], errors: [] };
    suites.set(file, suite.set(name, found));
    return found;
  };

  const found = [...result.findings, ...result.ignored];
  const withFindings = new Set(found.map((finding) => `${titleOf(finding)} in ${finding.file}`));
  for (const object of objects) {
    if (!withFindings.has(`${title(object)} in ${object.file}`)) caseOf(object.file, title(object));
  }
  const nameOf = (finding: Finding) => `${titleOf(finding)}: ${finding.rule}`;
  for (const finding of result.findings) caseOf(finding.file, nameOf(finding)).failures.push(finding);
  for (const finding of result.ignored) caseOf(finding.file, nameOf(finding)).skipped.push(finding);
  for (const { file, line, message } of result.problems) {
    caseOf(file, line === undefined ? 'not checked' : `line ${line} not checked`).errors.push(message);
  }

  const all = [...suites.values()].flatMap((suite) => [...suite.values()]);
  const head = attributes({ name: 'zero-downtime check', ...counts(all) });
  const body = [...suites].map(([file, suite]) => suiteToXml(file, suite)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${body}</testsuites>\n`;
}

function suiteToXml(file: string, suite: Suite): string {
  const head = attributes({ name: file, ...counts([...suite.values()]) });
  const cases = [...suite].map(([name, one]) => {
    const inner = caseToXml(one);
    const open = `    <testcase${attributes({ classname: file, name, file })}`;
    return inner === '' ? `${open}/>\n` : `${open}>\n      ${inner}\n    </testcase>\n`;
  });
  return `  <testsuite${head}>\n${cases.join('')}  </testsuite>\n`;
}

/** One element at most, since readers take only the first; GitLab shows its text, Jenkins its message too. */
function caseToXml({ errors, failures, skipped }: Case): string {
  if (errors.length > 0) return element('error', { message: errors[0] }, errors);
  if (failures.length > 0) {
    const [{ severity, what, reason, fix }] = failures;
    const places = failures.map((one) => `${one.file}:${one.line} ${one.what}`);
    return element('failure', { type: severity, message: what }, [
      ...places,
      `why: ${reason}`,
      `fix: ${fix}`,
    ]);
  }
  const reasons = skipped.map(({ ignoredBecause }) => `ignored: ${ignoredBecause}`);
  return reasons.length > 0 ? element('skipped', { message: reasons[0] }, reasons) : '';
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
