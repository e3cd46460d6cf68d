import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const pdbProtectsUnready: StateRule = {
  id: 'pdb-protects-unready',
  severity: 'info',
  reason:
    'while too few pods are ready, a drain waits for pods that may never become ready, such as those of a bad release',
  fix: 'set unhealthyPodEvictionPolicy: AlwaysAllow',
  check: (state) =>
    state.budgets
      .filter((object) => state.someServe(state.protectedBy(object)))
      .filter(({ body }) => at(body, 'spec', 'unhealthyPodEvictionPolicy') !== 'AlwaysAllow')
      .map((object) => ({
        object,
        path: ['spec'],
        what: 'pods that are not ready may be evicted only while enough others are',
      })),
};
