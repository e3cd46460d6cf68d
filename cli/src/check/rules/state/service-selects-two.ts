import { once } from '../../model/values/once.js';
import { areVersionsOfOne } from '../../model/workloads/versions.js';
import type { Workload } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsTwo: StateRule = {
  id: 'service-selects-two',
  severity: 'warning',
  reason: 'requests for one application go to the other too',
  fix: 'add a label to spec.selector that only the pods of one have',
  check: (state) => {
    const areVersions = once((workloads: readonly Workload[]) => areVersionsOfOne(state, workloads));
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
