import { fewTitles } from '../../model/values/few.js';
import { once } from '../../model/values/once.js';
import { wrongSelector } from '../../model/refused/workload.js';
import { isSameSelector } from '../../model/selectors/selector.js';
import { typeOf } from '../../model/services/service.js';
import type { State } from '../../model/state.js';
import type { Workload } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const selectorMissesRunningPods: UpgradeRule = {
  id: 'selector-misses-running-pods',
  sameAs: 'service-selects-nothing',
  severity: 'error',
  reason: 'the Service loses the running pods at once, before pods with the new labels serve',
  fix: 'first roll out pods with both labels, then change the selector',
  check: (from, to) => {
    // Pods with new labels are refused then, so that the advice would lead nowhere.
    const isRefused = once((workload: Workload) => isSelectorRefused(workload, to));
    const withoutRefused = once((running: readonly Workload[]) =>
      running.filter((workload) => !isRefused(workload)),
    );
    return to.changes(from, to.services).flatMap(({ before, object }) => {
      const running = withoutRefused(from.runningBehind(before));
      if (typeOf(object) === 'ExternalName' || from.runningBehind(object).length > 0) {
        return [];
      }
      return fewTitles(running).map((owner) => ({
        object,
        path: ['spec', 'selector'],
        what: `it does not match the running pods of ${owner}`,
      }));
    });
  },
};

/** Whether the API server refuses a workload for its selector, which another rule tells. */
function isSelectorRefused({ object: before }: Workload, to: State): boolean {
  const after = to.find(before);
  if (after === undefined || after.group !== 'apps') {
    return false;
  }
  const [old, selector] = [before, after].map(({ body }) => at(body, 'spec', 'selector'));
  return !isSameSelector(old, selector) || wrongSelector(after).length > 0;
}
