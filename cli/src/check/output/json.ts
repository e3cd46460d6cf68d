import type { CheckResult } from '../check.js';
import type { Plan } from '../plan/plan.js';

/** The result as JSON, with plans if they were asked for. */
export function toJson(result: CheckResult, plans?: readonly Plan[]): string {
  return JSON.stringify({ schemaVersion: 1, ...result, plans }, null, 2) + '\n';
}
