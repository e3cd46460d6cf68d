import type { Environment } from './environment';
import { caseName, SIDE_NAMES } from './plan';
import type { Row } from './summary';

/** The result as Markdown: where it was measured, then the table. */
export function renderResult(environment: Environment, repeats: number, rows: Row[]): string {
  const { date, commit, cpu, cores, memoryGibibytes, system, loadBefore } = environment;
  const versions = Object.entries(environment.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date} at commit ${commit}: ${cpu}, ${cores} cores, ${memoryGibibytes} GiB, ${system}. ${versions.join(', ')}.`,
    `Medians of ${repeats} runs. Load average before the run: ${loadBefore.toFixed(1)} (an idle machine has 0).`,
    '',
    renderTable(rows),
  ].join('\n');
}

/** The table alone. */
export function renderTable(rows: Row[]): string {
  const { plain, zeroDowntime, data } = SIDE_NAMES;
  const columns = [
    'Services',
    `${plain}, ms per service`,
    `${zeroDowntime}, ms per service`,
    'Ratio',
    'Ratio of CPU time',
    `${data}, ms per service`,
    `${plain}, peak MiB`,
    `${zeroDowntime}, peak MiB`,
  ];
  const cells = rows.map(({ case: one, sides, ratio, cpuRatio }) => [
    caseName(one),
    sides.plain.millisecondsPerService.toFixed(2),
    sides.zeroDowntime.millisecondsPerService.toFixed(2),
    ratio.toFixed(2),
    cpuRatio.toFixed(2),
    sides.data.millisecondsPerService.toFixed(2),
    sides.plain.mebibytes.toFixed(0),
    sides.zeroDowntime.mebibytes.toFixed(0),
  ]);
  return [columns, columns.map(() => '--:'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
