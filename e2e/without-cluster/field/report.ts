import type { Checked } from './findings';
import type { Missed } from './missed';
import { projectsOf } from './sources';
import type { Verdict } from './verdicts';

/** The page of docs: what was checked, and what was found with its verdict. */
export function page(
  checked: readonly Checked[],
  verdicts: readonly Verdict[],
  missed: readonly Missed[],
): string {
  const manifests = checked.filter(({ step }) => !step);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const count = (wanted: Verdict['verdict']) =>
    verdicts.filter(({ verdict }) => verdict === wanted).flatMap(({ found }) => Object.values(found).flat())
      .length;
  return `# Manifests of others

Written by \`npm run test:field -- --update\`; do not edit. The verdicts are in \`e2e/without-cluster/field/verdicts.yaml\`, written
by hand. For each of them every object that it names was read: what the rule is about, its probes, hooks, ports, strategy and
volumes, and the Services and budgets that select its pods; of a step, what changed. Objects without a finding were not read.
What was a false alarm is none any more, and a test in \`cli/test/check/false-alarms.test.ts\` keeps it away.

\`zero-downtime check\` reads what other projects publish: ${sum(manifests.map(({ files }) => files))} files with ${sum(manifests.map(({ objects }) => objects))} objects in ${manifests.length}
sources, and the steps between releases that follow. Of ${sum(checked.map(({ findings }) => findings.length))} findings ${count('right')} are right,
${count('right but harmless here')} right but harmless here, ${count('false alarm')} false alarms.

${stepsSection(
  checked.filter(({ step }) => step),
  verdicts,
  missed,
)}

## Findings

${[...new Set(verdicts.map(({ rule }) => rule))].map((rule) => section(rule, verdicts)).join('\n\n')}

## Sources

${table(
  ['source', 'Go module', 'files', 'objects', 'findings', 'not checked'],
  checked.map(({ name, module, files, objects, findings, problems }) =>
    [name, module, files, objects, findings.length, problems.length].map(String),
  ),
)}
`;
}

/** How much of what the steps between releases break is found. */
function stepsSection(
  steps: readonly Checked[],
  verdicts: readonly Verdict[],
  missed: readonly Missed[],
): string {
  const names = new Set(steps.map(({ name }) => name));
  const count = (...wanted: readonly Verdict['verdict'][]) =>
    verdicts
      .filter(({ verdict }) => wanted.includes(verdict))
      .flatMap(({ found }) => Object.entries(found))
      .filter(([name]) => names.has(name))
      .flatMap(([, objects]) => objects).length;
  const harmful = count('right');
  const right = count('right', 'right but harmless here');
  const projects = projectsOf(steps.map(({ module }) => module));
  return `## Steps between releases

${steps.length} steps of ${projects.size} projects were checked, each from one release to the next one that was read; the table of sources
names them. Where a project publishes several sets of manifests, each set is a step of its own. The difference of the objects of each
step was read, too, without the schemas of custom resources and the rules of roles, for what drops requests, is refused or
deletes what is in use.

- Findings about the change: ${right + count('false alarm')}. ${harmful} name something harmful, ${right - harmful} are right but harmless here,
  ${count('false alarm')} are false: precision ${percent(right, right + count('false alarm'))}.
- Harmful events: ${harmful + missed.length}. ${harmful} are found, ${missed.length} are missed: recall ${percent(harmful, harmful + missed.length)}.
  Ten of those found, about webhooks, were missed at first, and \`backend-not-running\` was widened for them: expect less of other steps.

${missed.map(({ step, object, why }) => `- **missed** in ${step}: ${object}: ${why}`).join('\n')}`;
}

/** The verdicts of a rule: each with its reason, and the objects by their source. */
function section(rule: string, verdicts: readonly Verdict[]): string {
  const judged = verdicts
    .filter((verdict) => verdict.rule === rule)
    .map(({ verdict, why, found }) => {
      const objects = Object.entries(found).map(([source, names]) => `  - ${source}: ${names.join(', ')}`);
      return [`- **${verdict}**: ${why}`, ...objects].join('\n');
    });
  return `### ${rule}\n\n${judged.join('\n')}`;
}

export function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
