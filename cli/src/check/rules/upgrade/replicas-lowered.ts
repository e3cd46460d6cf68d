import { disruptionsAllowed } from '../../model/workloads/budget.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const replicasLowered: UpgradeRule = {
  id: 'replicas-lowered',
  severity: 'warning',
  reason: 'a scale-down ends pods at once and asks no PodDisruptionBudget',
  fix: 'lower replicas in steps of what the budget allows, or let an autoscaler do it',
  check: (from, to) =>
    to.changes(from, to.workloadObjects).flatMap(({ before: old, object }) => {
      const before = from.workload(old);
      const replicas = to.workload(object)?.replicas;
      const [budget] = before === undefined ? [] : from.budgetsOf(before);
      if (before?.replicas === undefined || replicas === undefined || budget === undefined) {
        return [];
      }
      const allowed = disruptionsAllowed(budget, before.replicas);
      // No pods at all is what scaled-to-zero is about.
      if (allowed === undefined || replicas === 0 || before.replicas - replicas <= allowed) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'replicas'],
          what: `from ${before.replicas} to ${replicas}, and ${title(budget)} lets ${allowed} go at once`,
        },
      ];
    }),
};
