import { toJsonText } from '../../outside-text.js';
import type { CheckResult } from '../check.js';
import type { Plan } from '../plan/plan.js';
import { urlOf, type StateRule, type UpgradeRule } from '../rules/rule.js';

/** The result as JSON, with plans if they were asked for; `schema/check.schema.json` says what is in it. */
export function toJson(result: CheckResult, plans?: readonly Plan[]): string {
  return write({ ...result, plans });
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
  return toJsonText({ schemaVersion: 1, ...content });
}
