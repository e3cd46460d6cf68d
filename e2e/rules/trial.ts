import { join } from 'node:path';
import { REPOSITORY } from '../cluster/paths';
import type { LoadProfile } from '../load/profile';
import type { TrialWorld } from './trial-world';

/** What is done to a service under load, to see whether what a rule finds does harm. */
export type Event = (world: TrialWorld) => Promise<void>;

/** How a rule of `zero-downtime check` is tried on the cluster, on its own `fail` and `pass` manifests. */
export interface Trial {
  readonly rule: string;
  /** Whether the rule is about one state, or about the step from old manifests to new ones. */
  readonly kind: 'state' | 'upgrade';
  /** What is done, in a few words. */
  readonly event: string;
  /** It is over when this returns. */
  readonly run: Event;
  /** What is done before there is load. */
  readonly prepare?: Event;
  /** Environment variables of the application on both sides, which set how it behaves. */
  readonly env?: Readonly<Record<string, string>>;
  /** How the load differs from the usual one. */
  readonly load?: Partial<LoadProfile>;
  /** Whether the fail manifests are applied over the pass ones, since with the fail ones alone nothing would ever answer. */
  readonly overPass?: boolean;
  /** Whether the load comes from a node without a pod, instead of from outside of the cluster. */
  readonly fromNode?: boolean;
  /** Whether its sides cannot run beside each other, as they need the same nodes, ports or names. */
  readonly alone?: boolean;
}

/** The manifests beside a rule, in the order in which they run. */
export function manifestsOf({ rule, kind }: Pick<Trial, 'rule' | 'kind'>): readonly string[] {
  const sides = kind === 'upgrade' ? ['old', 'fail', 'pass'] : ['fail', 'pass'];
  return sides.map((side) => join(RULES, kind, `${rule}.${side}.yaml`));
}

/** The manifests that run at first, and those that are applied. */
export interface Step {
  readonly name: 'fail' | 'pass';
  readonly from: string;
  readonly to: string;
}

/** The two sides of a trial. */
export function stepsOf(trial: Trial): readonly [Step, Step] {
  const files = manifestsOf(trial);
  const [fail, pass] = files.slice(-2);
  const first = { upgrade: files[0], state: trial.overPass ? pass : undefined }[trial.kind];
  return [
    { name: 'fail', from: first ?? fail, to: fail },
    { name: 'pass', from: first ?? pass, to: pass },
  ];
}

const RULES = join(REPOSITORY, 'cli', 'src', 'check', 'rules');
