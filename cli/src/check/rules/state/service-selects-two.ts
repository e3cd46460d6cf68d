import { isDeepStrictEqual } from 'node:util';
import type { Workload } from '../../model/workload.js';
import { at } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const serviceSelectsTwo: StateRule = {
  id: 'service-selects-two',
  severity: 'warning',
  reason: 'requests for one application go to the other too',
  fix: 'add a label to spec.selector that only the pods of one have',
  check: (state) =>
    state.services.flatMap((object) => {
      const reached = state.reachedBy(object).filter(({ replicas }) => replicas !== 0);
      const [first, second] = reached;
      // Who asks a Service without an address gets those of the pods, and knows them apart.
      if (second === undefined || at(object.body, 'spec', 'clusterIP') === 'None') return [];
      if (reached.every((workload) => areVersions(first, workload))) return [];
      return [
        {
          object,
          path: ['spec', 'selector'],
          what: `its selector matches pods of ${title(first.object)} and ${title(second.object)}`,
        },
      ];
    }),
};

/** Labels by which pods of one application are told apart, as meshes and canary releases do. */
const versionLabels: ReadonlySet<string> = new Set(['version', 'app.kubernetes.io/version', 'track']);

/** Whether pods of two workloads are versions of one application: their labels differ in the version only. */
function areVersions(...workloads: readonly [Workload, Workload]): boolean {
  const [one, other] = workloads.map(({ pod }) =>
    Object.fromEntries(Object.entries(pod.labels).filter(([name]) => !versionLabels.has(name))),
  );
  return isDeepStrictEqual(one, other);
}
