import { groupBy } from '../../model/values/grouped.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { items, text } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const variableTwice: StateRule = {
  id: 'variable-twice',
  severity: 'warning',
  reason:
    'only the last one counts, and when somebody removes one later, kubectl apply and Helm 3 remove both, and pods start without it',
  fix: 'keep one of them; where both are applied already, with kubectl replace in place of apply',
  check: (state) =>
    inTurn(state.workloads, ({ object, pod: { spec } }) =>
      ['containers', 'initContainers'].flatMap((list) =>
        items(spec[list]).flatMap((container) => {
          const byName = groupBy(items(container.item.env), ({ item }) => text(item.name));
          return [...byName]
            .filter(([name, all]) => name !== undefined && all.length > 1)
            .map(([name, all]) => ({
              object,
              path: [...POD_PATH, list, container.index, 'env', all[1].index],
              what: `container ${text(container.item.name) ?? container.index} has the variable ${name} twice`,
            }));
        }),
      ),
    ),
};
