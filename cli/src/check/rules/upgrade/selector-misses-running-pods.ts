import { typeOf } from '../../model/service.js';
import { fewTitles } from '../../model/few.js';
import type { UpgradeRule } from '../rule.js';

export const selectorMissesRunningPods: UpgradeRule = {
  id: 'selector-misses-running-pods',
  sameAs: 'service-selects-nothing',
  severity: 'error',
  reason: 'the Service loses the running pods at once, before pods with the new labels serve',
  fix: 'first roll out pods with both labels, then change the selector',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before, object }) => {
      const running = from.runningBehind(before);
      if (typeOf(object) === 'ExternalName' || from.runningBehind(object).length > 0) {
        return [];
      }
      return fewTitles(running).map((owner) => ({
        object,
        path: ['spec', 'selector'],
        what: `it does not match the running pods of ${owner}`,
      }));
    }),
};
