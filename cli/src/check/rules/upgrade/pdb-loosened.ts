import { disruptionsAllowed } from '../../model/budget.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const pdbLoosened: UpgradeRule = {
  id: 'pdb-loosened',
  severity: 'info',
  reason: 'a drain may take more pods at once than before',
  fix: 'keep the budget, or make sure that the pods that are left bear the load',
  check: (from, to) =>
    to.changes(from, to.budgets).flatMap(({ before: old, object }) =>
      to.protectedBy(object).flatMap((workload) => {
        const pods = to.fewestPods(workload);
        const [before, after] = [old, object].map((budget) => disruptionsAllowed(budget, pods));
        if (before === undefined || after === undefined || after <= before) return [];
        return [
          {
            object,
            path: ['spec'],
            what: `of ${pods} pods of ${title(workload.object)}, ${after} may go at once instead of ${before}`,
          },
        ];
      }),
    ),
};
