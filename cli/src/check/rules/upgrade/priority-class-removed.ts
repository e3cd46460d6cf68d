import { text } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const priorityClassRemoved: UpgradeRule = {
  id: 'priority-class-removed',
  severity: 'error',
  reason:
    'the API server refuses pods whose PriorityClass is gone: no old pod is replaced, and no rollback succeeds',
  fix: 'keep the PriorityClass until the rollout is over and no rollback is wanted',
  check: (from, to) =>
    from.ofKind('scheduling.k8s.io', 'PriorityClass').flatMap((object) => {
      if (!to.deletes(object)) return [];
      return from.workloads
        .filter(({ pod }) => text(pod.spec.priorityClassName) === object.name)
        .filter((workload) => !to.deletes(workload.object))
        .map((workload) => ({
          object,
          path: [],
          what: `it is gone, and old pods of ${title(workload.object)} need it`,
        }));
    }),
};
