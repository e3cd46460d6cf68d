import type { CheckResult } from '../check.js';

/** The result as JSON. */
export function toJson(result: CheckResult): string {
  return JSON.stringify({ schemaVersion: 1, ...result }, null, 2) + '\n';
}
