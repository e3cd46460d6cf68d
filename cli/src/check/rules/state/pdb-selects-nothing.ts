import type { StateRule } from '../rule.js';

export const pdbSelectsNothing: StateRule = {
  id: 'pdb-selects-nothing',
  severity: 'warning',
  reason: 'the budget protects no pod of these manifests',
  fix: 'copy the labels of the pod template to spec.selector.matchLabels',
  check: (state) =>
    state.budgets
      .filter((object) => state.protectedBy(object).length === 0)
      .filter((object) => state.selectsNone(object))
      .map((object) => ({ object, path: ['spec', 'selector'], what: 'its selector matches no pods' })),
};
