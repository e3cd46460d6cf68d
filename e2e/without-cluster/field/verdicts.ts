import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { E2E } from '../../cluster/paths';

/** The verdict on findings of a rule. */
export interface Verdict {
  readonly rule: string;
  readonly verdict: 'right' | 'right but harmless here' | 'false alarm';
  readonly why: string;
  /** The objects with these findings by their source, such as Deployment shop/web. Somebody has read each of them. */
  readonly found: Readonly<Record<string, readonly string[]>>;
}

export const verdicts: readonly Verdict[] = parse(
  readFileSync(join(E2E, 'without-cluster', 'field', 'verdicts.yaml'), 'utf8'),
);

/** The findings that have a verdict, each as `source: rule: object`. */
export function judged(): readonly string[] {
  return verdicts.flatMap(({ rule, found }) =>
    Object.entries(found).flatMap(([source, objects]) =>
      objects.map((object) => `${source}: ${rule}: ${object}`),
    ),
  );
}
