import type { StateRule, UpgradeRule } from '../rules/rule.js';

/** The documentation of all rules. */
export function rulesToMarkdown(state: readonly StateRule[], upgrade: readonly UpgradeRule[]): string {
  return `# Rules of \`zero-downtime check\`

Made from the rules themselves; [the guide](guide/check.md) says how to use them. Severities are judgements, not
measurements. Beside each rule, in \`cli/src/check/rules\`, are manifests that break it and manifests that do not.

## Manifests

${state.map(section).join('\n')}
## From old manifests to new ones

${upgrade.map(section).join('\n')}`;
}

function section({ id, severity, reason, fix }: StateRule | UpgradeRule): string {
  return `### ${id}\n\n${severity}: ${reason}.\n\nInstead: ${fix}.\n`;
}
