import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { E2E } from '../../cluster/paths';

/** What a step breaks, and no finding says. Somebody has read the difference of its objects. */
export interface Missed {
  /** Such as shop v1.2.0 to v1.3.0. */
  readonly step: string;
  readonly object: string;
  readonly why: string;
}

export const missed: readonly Missed[] = parse(
  readFileSync(join(E2E, 'without-cluster', 'field', 'missed.yaml'), 'utf8'),
);
