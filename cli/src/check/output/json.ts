import type { CheckResult } from '../check.js';
import { urlOf, type StateRule, type UpgradeRule } from '../rules/rule.js';

/** The result as JSON; `schema/check.schema.json` says what is in it. */
export function toJson(result: CheckResult): string {
  return write(result);
}

/** The rules as JSON. */
export function rulesToJson(state: readonly StateRule[], upgrade: readonly UpgradeRule[]): string {
  const describe = (about: string) => (rule: StateRule | UpgradeRule) => {
    const { id, severity, reason, fix } = rule;
    return { id, about, severity, reason, fix, url: urlOf(rule) };
  };
  return write({ rules: [...state.map(describe('state')), ...upgrade.map(describe('upgrade'))] });
}

function write(content: object): string {
  return JSON.stringify({ schemaVersion: 1, ...content }, null, 2) + '\n';
}
