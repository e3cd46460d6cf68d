import { toJsonText } from '../../shared/untrusted-text.js';
import type { ProbeResult } from '../result.js';

/** The result as JSON, moments rounded to microseconds. */
export function toJson(result: ProbeResult): string {
  const rounded = (_key: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  return toJsonText(result, rounded);
}
