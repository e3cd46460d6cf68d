import type { CheckResult } from './check.js';
import { severities, type Severity } from './rules/rule.js';

/** A result without the findings below a severity. */
export function atLeast(least: Severity, result: CheckResult): CheckResult {
  const counts = severities.slice(0, severities.indexOf(least) + 1);
  return { ...result, findings: result.findings.filter(({ severity }) => counts.includes(severity)) };
}
