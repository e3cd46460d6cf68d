import { title } from '../../read/object.js';
import { groupBy } from '../values/grouped.js';
import { once } from '../values/once.js';
import { quotasOf, takenBy, type Quota } from './quota.js';
import type { State } from '../state.js';
import { boundsOf, type Workload } from '../workloads/workload.js';

/** Finds the quotas that leave no room for one pod more of a workload where a rollout needs it first, each in words. */
export function fullQuotas(state: State): (workload: Workload) => readonly string[] {
  const objects = groupBy(state.ofKind('', 'ResourceQuota'), ({ namespace }) => namespace);
  const workloads = groupBy(state.running(state.workloads), ({ object }) => object.namespace);
  const quotas = once((namespace: string) =>
    quotasOf(objects.get(namespace) ?? []).map((quota) => ({
      quota,
      taken: (workloads.get(namespace) ?? []).reduce(
        (sum, workload) => sum + (takenBy(workload.pod, quota) ?? 0) * state.fewestPods(workload),
        0,
      ),
    })),
  );
  return (workload) => {
    const bounds = boundsOf(workload, state.fewestPods(workload));
    if (bounds === undefined || bounds.unavailable > 0) {
      return [];
    }
    return quotas(workload.object.namespace)
      .filter(({ quota, taken }) => {
        const more = takenBy(workload.pod, quota);
        return more !== undefined && taken + more > quota.most * TOLERANCE;
      })
      .map(({ quota }) => exceeded(quota));
  };
}

function exceeded({ name, written, object }: Quota): string {
  return `one pod more than there are exceeds ${name}: ${written} of ${title(object)}`;
}

/** Sums of numbers such as 0.1 are not exact. */
const TOLERANCE = 1 + 1e-9;
