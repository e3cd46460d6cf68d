import { join } from 'node:path';
import { REPOSITORY } from '../cluster/paths';
import type { Site } from './site';

/** What is done to a service while load runs, to see whether what a rule is about does harm. */
export type Event = (site: Site) => Promise<void>;

/** How a rule of `zero-downtime check` is tried on the cluster, on its own `fail` and `pass` manifests. */
export interface Trial {
  readonly rule: string;
  /** Whether the rule is about one state, or about the step from old manifests to new ones. */
  readonly kind: 'state' | 'upgrade';
  /** What is done, in a few words. */
  readonly event: string;
  /** It is over when this returns. */
  readonly run: Event;
  /** Environment variables of the application on both sides: what it is like. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the fail manifests never serve, so that there is no time without failures before. */
  readonly neverServes?: boolean;
}

/** The manifests beside a rule, in the order in which they run. */
export function manifestsOf({ rule, kind }: Pick<Trial, 'rule' | 'kind'>): readonly string[] {
  const sides = kind === 'upgrade' ? ['old', 'fail', 'pass'] : ['fail', 'pass'];
  return sides.map((side) => join(RULES, kind, `${rule}.${side}.yaml`));
}

const RULES = join(REPOSITORY, 'cli', 'src', 'check', 'rules');
