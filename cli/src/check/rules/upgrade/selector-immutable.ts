import { isSameSelector } from '../../model/selectors/selector.js';
import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const selectorImmutable: UpgradeRule = {
  id: 'selector-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of the selector, so the whole apply fails',
  fix: 'keep the selector; for another one, add a workload under a new name and switch the Service to it',
  check: (from, to) =>
    to.changes(from, to.workloadObjects).flatMap(({ before, object }) => {
      // A custom resource may change it.
      if (object.group !== 'apps') {
        return [];
      }
      const [old, selector] = [before, object].map(({ body }) => at(body, 'spec', 'selector'));
      if (isSameSelector(old, selector)) {
        return [];
      }
      return [{ object, path: ['spec', 'selector'], what: 'spec.selector changed' }];
    }),
};
