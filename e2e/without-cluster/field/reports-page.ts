import { titleOf } from '../../../cli/src/check/finding';
import { percent, table } from './report';
import { found, type CheckedReport } from './reports';

/** The page of docs: each public report, and whether check finds what it tells. */
export function reportsPage(reports: readonly CheckedReport[]): string {
  const faults = reports.filter((report) => report['no-alarm'] === undefined);
  const alarms = reports.filter((report) => report['no-alarm'] !== undefined);
  const hits = faults.filter(found).length;
  return `# What public reports say broke

Written by \`npm run test:field -- --update\`; do not edit. The list is \`e2e/without-cluster/field/reports.yaml\`.

\`zero-downtime check\` finds **${hits} of ${faults.length} faults** from public reports: recall ${percent(hits, faults.length)}. The manifests
in \`e2e/without-cluster/field/reports\` are not those of the reports: each is our own, with the least that shows the fault, and
was written when the rules existed. So the figure says which faults of the list have a rule, not how many faults of other
manifests are found; for those see [the manifests of others](field.md).

${table(['report', 'found', 'what check says, or why it says nothing'], faults.map(row))}

## False alarms

Reports of a linter or a tool that complained although nothing was wrong. Of ${alarms.length}, ${alarms.filter(quiet).length} are not repeated.

${table(
  ['report', 'repeated', 'what is not reported'],
  alarms.map((report) => [link(report), quiet(report) ? 'no' : '**yes**', report['no-alarm'] ?? '']),
)}
`;
}

/** That check does not report what was a false alarm, and checks everything. */
export function quiet({ findings, problems, 'no-alarm': alarm }: CheckedReport): boolean {
  return problems.length === 0 && findings.every(({ rule }) => rule !== alarm);
}

function row(report: CheckedReport): readonly string[] {
  const finding = found(report);
  return [
    link(report),
    finding ? 'yes' : '**no**',
    finding
      ? `[${finding.rule}](rules.md#${finding.rule}) of ${titleOf(finding)}: ${finding.what}`
      : (report.missed ?? ''),
  ];
}

function link({ what, source }: CheckedReport): string {
  return `[${what}](${source})`;
}
