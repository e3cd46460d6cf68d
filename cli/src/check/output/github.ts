import { plural } from '../../shared/format.js';
import { toMarkdownText, visible } from '../../shared/untrusted-text.js';
import type { CheckResult } from '../check.js';
import { titleOf, type Finding } from '../finding.js';
import type { Problem } from '../read/object.js';
import type { Severity } from '../rules/rule.js';

/** A summary of a step may have 1 MiB, and nobody reads more rows. */
const MAX_ROWS = 500;

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * The findings, and what could not be checked, as annotations of a GitHub workflow. Source:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function* toGithubPieces({ findings, problems, notApplied }: CheckResult): Generator<string> {
  for (const finding of findings) {
    const { severity, file, line, rule, what, reason, fix, url } = finding;
    const lines = [`${titleOf(finding)}: ${what}`, `why: ${reason}`, `fix: ${fix}`, `see: ${url}`];
    yield annotation(LEVELS[severity], { file, line, title: rule }, lines);
  }
  for (const { file, line, message } of problems) {
    yield annotation('error', { file, line, title: 'not checked' }, [message]);
  }
  for (const { file, line, message } of notApplied) {
    yield annotation('notice', { file, line, title: 'not applied' }, [message]);
  }
}

/** The findings as a table in the Markdown of GitHub, for the summary of a step. */
export function toGithubSummary({ objects, findings, problems, notApplied }: CheckResult): string {
  const counts = `${plural(findings.length, 'finding')} in ${plural(objects, 'object')}`;
  const rows = [
    ...findings.map(findingRow),
    ...problems.map(noteRow('error', 'not checked')),
    ...notApplied.map(noteRow('info', 'not applied')),
  ];
  const more = rows.length > MAX_ROWS ? `\n\nand ${rows.length - MAX_ROWS} more, all of them in the log` : '';
  const table =
    rows.length === 0
      ? ''
      : `\n\n| severity | rule | object | what | where |\n| --- | --- | --- | --- | --- |\n${rows.slice(0, MAX_ROWS).join('\n')}`;
  return `### zero-downtime check: ${counts}${table}${more}\n`;
}

function findingRow(finding: Finding): string {
  const { severity, rule, url, what, file, line } = finding;
  const texts = [titleOf(finding), what, `${file}:${line}`].map(toMarkdownText);
  return `| ${severity} | [${rule}](${url}) | ${texts.join(' | ')} |`;
}

function noteRow(severity: Severity, kind: string): (note: Problem) => string {
  return ({ file, line, message }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `| ${severity} | ${kind} | | ${toMarkdownText(message)} | ${toMarkdownText(place)} |`;
  };
}

function annotation(
  level: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  lines: readonly string[],
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`);
  return `::${level} ${written.join(',')}::${lines.map((line) => escapeMessage(visible(line))).join('%0A')}\n`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
