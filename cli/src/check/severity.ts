import type { CheckResult } from './check.js';
import { SEVERITIES, type Severity } from './rules/rule.js';

/** A result without the findings below a severity. */
export function atLeast(least: Severity, result: CheckResult): CheckResult {
  const counts = SEVERITIES.slice(0, SEVERITIES.indexOf(least) + 1);
  return { ...result, findings: result.findings.filter(({ severity }) => counts.includes(severity)) };
}
