import { groupBy } from '../../model/grouped.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const priorityClassRemoved: UpgradeRule = {
  id: 'priority-class-removed',
  severity: 'error',
  reason:
    'the API server refuses pods whose PriorityClass is gone: no old pod is replaced, and no rollback succeeds',
  fix: 'keep the PriorityClass until the rollout is over and no rollback is wanted',
  check: (from, to) => {
    const users = groupBy(from.workloads, ({ pod }) => pod.spec.priorityClassName);
    return from
      .ofKind('scheduling.k8s.io', 'PriorityClass')
      .filter((object) => to.deletes(object))
      .flatMap((object) =>
        (users.get(object.name) ?? [])
          .filter((workload) => !to.deletes(workload.object))
          .map((workload) => ({
            object,
            path: [],
            what: `it is gone, and old pods of ${title(workload.object)} need it`,
          })),
      );
  },
};
