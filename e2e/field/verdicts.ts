import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { E2E } from '../cluster/paths';

/** What findings of a rule are worth. */
export interface Verdict {
  readonly rule: string;
  readonly verdict: 'right' | 'right but harmless here' | 'false alarm';
  readonly why: string;
  /** How many findings each source has. */
  readonly found: Readonly<Record<string, number>>;
}

export const verdicts: readonly Verdict[] = parse(readFileSync(join(E2E, 'field', 'verdicts.yaml'), 'utf8'));

/** The findings that have a verdict: how many of each rule in each source, as `source rule`. */
export function expected(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { rule, found } of verdicts) {
    for (const [source, count] of Object.entries(found)) {
      counts[`${source} ${rule}`] = (counts[`${source} ${rule}`] ?? 0) + count;
    }
  }
  return counts;
}
