import type { StateRule, UpgradeRule } from '../rules/rule.js';

/** What was measured with a rule's own manifests on a real cluster, in a few words. */
export interface Measured {
  /** What was done. */
  readonly event: string;
  readonly fail: string;
  readonly pass: string;
  /** Where it was measured. */
  readonly commit: string;
}

/** The documentation of all rules, by id with what was measured. */
export function rulesToMarkdown(
  state: readonly StateRule[],
  upgrade: readonly UpgradeRule[],
  measured: ReadonlyMap<string, Measured>,
): string {
  const table = (rules: readonly (StateRule | UpgradeRule)[]) =>
    [HEADER, ...rules.map((rule) => row(rule, measured.get(rule.id)))].join('\n');
  return `# Rules of \`zero-downtime check\`

Made from the rules themselves; [the guide](guide/check.md) says how to use them. Beside each rule, in
\`cli/src/check/rules\`, are manifests that break it and manifests that do not. Where the table shows figures, both ran on the
cluster of the proof under load, with what the column *event* says being done to them: \`npm run e2e:rules\`,
[results](proof/rules), [how](adr/0020-proven-rules.md). The others are judgements.

An \`error\` loses requests, or cannot go on, in an ordinary change; a \`warning\` does under a condition that is
common; an \`info\` is worth knowing.

## Manifests

${table(state)}

## From old manifests to new ones

${table(upgrade)}

## Reasons

${[...state, ...upgrade].map(section).join('\n')}`;
}

const HEADER = `| rule | severity | event | what it finds | what it asks for | commit |
| --- | --- | --- | --- | --- | --- |`;

function row({ id, severity }: StateRule | UpgradeRule, measured?: Measured): string {
  const { event, fail, pass, commit } = measured ?? { event: 'not run', fail: '', pass: '', commit: '' };
  return `| [${id}](#${id}) | ${severity} | ${event} | ${fail} | ${pass} | ${commit} |`;
}

function section({ id, severity, reason, fix }: StateRule | UpgradeRule): string {
  return `### ${id}\n\n${severity}: ${reason}.\n\nInstead: ${fix}.\n`;
}
