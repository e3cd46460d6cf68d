import { jsonPieces, toJsonText } from '../../shared/untrusted-text.js';
import type { CheckResult } from '../check.js';
import type { Plan } from '../plan/plan.js';
import { urlOf, type StateRule, type UpgradeRule } from '../rules/rule.js';

const SCHEMA_VERSION = 1;

/** The result as JSON, with plans if they were asked for; see `schema/check.schema.json`. */
export function toJson(result: CheckResult, plans?: readonly Plan[]): string {
  return [...toJsonPieces(result, plans)].join('');
}

/** The same in pieces. */
export function toJsonPieces(result: CheckResult, plans?: readonly Plan[]): Iterable<string> {
  return jsonPieces({ schemaVersion: SCHEMA_VERSION, ...result, plans }, 2);
}

/** The rules as JSON. */
export function rulesToJson(state: readonly StateRule[], upgrade: readonly UpgradeRule[]): string {
  const describe = (about: string) => (rule: StateRule | UpgradeRule) => {
    const { id, severity, reason, fix } = rule;
    return { id, about, severity, reason, fix, url: urlOf(rule) };
  };
  return toJsonText({
    schemaVersion: SCHEMA_VERSION,
    rules: [...state.map(describe('state')), ...upgrade.map(describe('upgrade'))],
  });
}
