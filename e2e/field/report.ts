import type { Checked } from './findings';
import type { Verdict } from './verdicts';

/** The page of docs: what was checked, and what was found with its verdict. */
export function page(checked: readonly Checked[], verdicts: readonly Verdict[]): string {
  const manifests = checked.filter(({ step }) => !step);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const count = (wanted: Verdict['verdict']) =>
    sum(verdicts.filter(({ verdict }) => verdict === wanted).flatMap(({ found }) => Object.values(found)));
  return `# Manifests of others

Written by \`npm run test:field -- --update\`; do not edit. The verdicts are in \`e2e/field/verdicts.yaml\`, written
by hand: one for a rule in a group of sources, after a look at the findings and at a sample of the manifests.

\`zero-downtime check\` reads what other projects publish: ${sum(manifests.map(({ files }) => files))} files with ${sum(manifests.map(({ objects }) => objects))} objects in ${manifests.length}
sources, and the step between two versions of ${checked.length - manifests.length} of them. Of ${sum(checked.map(({ findings }) => findings.length))} findings ${count('right')} are right,
${count('right but harmless here')} right but harmless here, ${count('false alarm')} false alarms.

## Findings

${table(
  ['rule', 'verdict', 'why', 'found in'],
  verdicts.map(({ rule, verdict, why, found }) => [
    `\`${rule}\``,
    verdict,
    why.trim(),
    Object.entries(found)
      .map(([source, times]) => `${source}${times === 1 ? '' : ` (${times})`}`)
      .join(', '),
  ]),
)}

## Sources

${table(
  ['source', 'Go module', 'files', 'objects', 'findings', 'not checked'],
  checked.map(({ name, module, files, objects, findings, problems }) =>
    [name, module, files, objects, findings.length, problems.length].map(String),
  ),
)}
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
