import { fields, type Path } from '../read/fields.js';
import { title, type ManifestObject } from '../read/object.js';
import { share } from './rounding.js';
import type { State } from './state.js';
import type { Workload } from './workload.js';

/** What a PodDisruptionBudget does for all the pods that it selects. */
export interface Protection {
  readonly workloads: readonly Workload[];
  /** The fewest pods that there are. */
  readonly pods: number;
  /** How many of them may go at once; none if the budget says nothing that can be read. */
  readonly allowed: number | undefined;
  /** Whose pods they are, as people call it. */
  readonly owners: string;
}

/** What a PodDisruptionBudget does for the pods that it selects. */
export function protectionOf(state: State, budget: ManifestObject): Protection {
  const workloads = state.protectedBy(budget);
  const pods = workloads.reduce((sum, workload) => sum + state.fewestPods(workload), 0);
  const owners = workloads.map(({ object }) => title(object)).join(' and ');
  return { workloads, pods, allowed: disruptionsAllowed(budget, pods), owners };
}

/** How many of so many pods a PodDisruptionBudget lets go at once; none if it says nothing that can be read. */
export function disruptionsAllowed(budget: ManifestObject, pods: number): number | undefined {
  const spec = fields(budget.body.spec);
  if (spec.maxUnavailable !== undefined) return share(spec.maxUnavailable, pods, 'up');
  const healthy = share(spec.minAvailable, pods, 'up');
  return healthy === undefined ? undefined : Math.max(0, pods - healthy);
}

/** The way to the field that says how many pods may go. */
export function limitPath({ body }: ManifestObject): Path {
  return ['spec', 'maxUnavailable' in fields(body.spec) ? 'maxUnavailable' : 'minAvailable'];
}
