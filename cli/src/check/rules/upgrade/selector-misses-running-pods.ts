import { matchesLabels } from '../../model/selector.js';
import { at, fields } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const selectorMissesRunningPods: UpgradeRule = {
  id: 'selector-misses-running-pods',
  severity: 'error',
  reason: 'the Service loses the running pods at once, before pods with the new labels serve',
  fix: 'first roll out pods with both labels, then change the selector',
  check: (from, to) =>
    to.services.flatMap((object) => {
      const before = from.find(object);
      const selector = fields(at(object.body, 'spec', 'selector'));
      if (before === undefined) return [];
      return from
        .behind(before)
        .filter(({ pod }) => !matchesLabels(selector, pod.labels))
        .map((workload) => ({
          object,
          path: ['spec', 'selector'],
          what: `it does not match the running pods of ${title(workload.object)}`,
        }));
    }),
};
