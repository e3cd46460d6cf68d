import { groupBy } from '../../model/values/grouped.js';
import { text } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const priorityClassRemoved: UpgradeRule = {
  id: 'priority-class-removed',
  severity: 'error',
  reason:
    'the API server refuses pods whose PriorityClass is gone: no old pod is replaced, and no rollback succeeds',
  fix: 'keep the PriorityClass until the rollout is over and no rollback is wanted',
  check: (from, to) => {
    const classes = groupBy(from.ofKind('scheduling.k8s.io', 'PriorityClass'), ({ name }) => name);
    return from.workloads.flatMap((workload) => {
      const [object] = classes.get(text(workload.pod.spec.priorityClassName) ?? '') ?? [];
      if (object === undefined || !to.deletes(object) || to.deletes(workload.object)) {
        return [];
      }
      return [{ object, path: [], what: `it is gone, and old pods of ${title(workload.object)} need it` }];
    });
  },
};
