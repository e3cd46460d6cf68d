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
      const [first, second] = state.reachedBy(object).filter(({ replicas }) => replicas !== 0);
      // Who asks a Service without an address gets those of the pods, and knows them apart.
      if (second === undefined || at(object.body, 'spec', 'clusterIP') === 'None') return [];
      return [
        {
          object,
          path: ['spec', 'selector'],
          what: `its selector matches pods of ${title(first.object)} and ${title(second.object)}`,
        },
      ];
    }),
};
