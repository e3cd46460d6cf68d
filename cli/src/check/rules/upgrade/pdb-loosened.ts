import { disruptionsAllowed, protection } from '../../model/workloads/budget.js';
import type { UpgradeRule } from '../rule.js';

export const pdbLoosened: UpgradeRule = {
  id: 'pdb-loosened',
  severity: 'info',
  reason: 'a drain may take more pods at once than before',
  fix: 'keep the budget, or make sure that the remaining pods can bear the load',
  check: (from, to) => {
    const protectedBy = protection(to);
    return to.changes(from, to.budgets).flatMap(({ before: old, object }) => {
      const { workloads, pods, owners } = protectedBy(object);
      const [before, after] = [old, object].map((budget) => disruptionsAllowed(budget, pods));
      if (workloads.length === 0 || before === undefined || after === undefined || after <= before) {
        return [];
      }
      return [
        {
          object,
          path: ['spec'],
          what: `of ${pods} pods of ${owners}, ${after} may go at once instead of ${before}`,
        },
      ];
    });
  },
};
