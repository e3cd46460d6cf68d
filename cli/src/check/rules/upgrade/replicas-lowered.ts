import { disruptionsAllowed } from '../../model/state.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const replicasLowered: UpgradeRule = {
  id: 'replicas-lowered',
  severity: 'warning',
  reason: 'a scale-down ends pods at once and asks no PodDisruptionBudget',
  fix: 'lower replicas in steps of what the budget allows, or let an autoscaler do it',
  check: (from, to) =>
    to.workloads.flatMap((workload) => {
      const { object, replicas } = workload;
      const old = from.find(object);
      const before = from.workloads.find((each) => each.object === old);
      const [budget] = before === undefined ? [] : from.budgetsOf(before);
      if (before?.replicas === undefined || replicas === undefined || budget === undefined) return [];
      const allowed = disruptionsAllowed(budget, before.replicas);
      if (allowed === undefined || before.replicas - replicas <= allowed) return [];
      return [
        {
          object,
          path: ['spec', 'replicas'],
          what: `from ${before.replicas} to ${replicas}, and ${title(budget)} lets ${allowed} go at once`,
        },
      ];
    }),
};
