import { fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { fewTitles } from '../values/few.js';
import { once } from '../values/once.js';
import { share } from './rounding.js';
import type { State } from '../state.js';
import type { Workload } from './workload.js';

/** The pods that a PodDisruptionBudget protects, together. */
export interface Protected {
  readonly workloads: readonly Workload[];
  /** The fewest pods that they may have. */
  readonly pods: number;
  /** The owners of the pods, in messages. */
  readonly owners: string;
}

/** What the PodDisruptionBudgets of a state protect. */
export function protection(state: State): (budget: ManifestObject) => Protected {
  const together = once((workloads: readonly Workload[]): Protected => {
    const pods = workloads.reduce((sum, workload) => sum + state.fewestPods(workload), 0);
    return { workloads, pods, owners: fewTitles(workloads).join(' and ') };
  });
  return (budget) => together(state.protectedBy(budget));
}

/** How many of some pods a PodDisruptionBudget allows to be evicted at once; undefined if it cannot be read. */
export function disruptionsAllowed(budget: ManifestObject, pods: number): number | undefined {
  const spec = fields(budget.body.spec);
  if (spec.maxUnavailable !== undefined) {
    return share(spec.maxUnavailable, pods, 'up');
  }
  const healthy = share(spec.minAvailable, pods, 'up');
  return healthy === undefined ? undefined : Math.max(0, pods - healthy);
}

/** The path of the field that says how many pods may be evicted. */
export function limitPath({ body }: ManifestObject): Path {
  return ['spec', 'maxUnavailable' in fields(body.spec) ? 'maxUnavailable' : 'minAvailable'];
}
