import { isDeepStrictEqual } from 'node:util';
import { once } from '../../model/once.js';
import type { Workload } from '../../model/workload.js';
import { at, type Fields } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsTwo: StateRule = {
  id: 'service-selects-two',
  severity: 'warning',
  reason: 'requests for one application go to the other too',
  fix: 'add a label to spec.selector that only the pods of one have',
  check: (state) => {
    const areVersions = once(areVersionsOfOne);
    return state.services.flatMap((object) => {
      const reached = state.running(state.reachedBy(object));
      const [first, second] = reached;
      // Clients of a headless Service get the addresses of the pods and can distinguish them.
      if (second === undefined || at(object.body, 'spec', 'clusterIP') === 'None') {
        return [];
      }
      if (areVersions(reached)) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'selector'],
          what: `its selector matches pods of ${title(first.object)} and ${title(second.object)}`,
        },
      ];
    });
  },
};

/** Labels that distinguish versions of one application, as meshes and canary releases set them. */
const VERSION_LABELS: ReadonlySet<string> = new Set(['version', 'app.kubernetes.io/version', 'track']);

/** Whether the pods of workloads are versions of one application: their labels differ in the version only. */
function areVersionsOfOne([first, ...others]: readonly Workload[]): boolean {
  const labels = withoutVersion(first);
  return others.every((other) => isDeepStrictEqual(withoutVersion(other), labels));
}

function withoutVersion({ pod }: Workload): Fields {
  return Object.fromEntries(Object.entries(pod.labels).filter(([name]) => !VERSION_LABELS.has(name)));
}
