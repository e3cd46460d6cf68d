import { largest } from '../../model/values/largest.js';
import { quantity } from '../../model/values/quantity.js';
import type { Pod } from '../../model/workloads/pod.js';
import type { State } from '../../model/state.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const requestsRaised: UpgradeRule = {
  id: 'requests-raised',
  severity: 'info',
  reason: 'a pod that finds no node with that much left stays Pending, and the rollout stops there',
  fix: 'raise requests in steps, or make room on the nodes first',
  check: (from, to) => {
    const resources = ['cpu', 'memory'].map((resource) => ({
      resource,
      most: largestNode(to, resource) ?? largestNode(from, resource),
    }));
    return inTurn(to.changes(from, to.workloadObjects), ({ before: old, object }) => {
      const [was, is] = [from.workload(old), to.workload(object)];
      if (was === undefined || is === undefined) {
        return [];
      }
      return resources.flatMap(({ resource, most }) => {
        const [before, after] = [was.pod, is.pod].map((pod) => requestOf(pod, resource));
        const fitsNowhere = after > before && most !== undefined && after > most;
        if (!fitsNowhere && (before === 0 || after <= 2 * before)) {
          return [];
        }
        const what = fitsNowhere
          ? `no node among the manifests has as much ${resource} as a pod asks for`
          : `a pod asks for ${Number((after / before).toFixed(1))} times as much ${resource} as before`;
        return [{ object, path: [...POD_PATH, 'containers'], what }];
      });
    });
  },
};

/** What the containers of a pod ask for together, native sidecars included. */
function requestOf({ containers }: Pod, resource: string): number {
  return containers
    .map(
      ({ spec }) =>
        quantity(at(spec, 'resources', 'requests', resource)) ??
        quantity(at(spec, 'resources', 'limits', resource)) ??
        0,
    )
    .reduce((sum, one) => sum + one, 0);
}

function largestNode(state: State, resource: string): number | undefined {
  const sizes = state
    .ofKind('', 'Node')
    .map(({ body }) => quantity(at(body, 'status', 'allocatable', resource)))
    .filter((size) => size !== undefined);
  return sizes.length === 0 ? undefined : largest(sizes);
}
