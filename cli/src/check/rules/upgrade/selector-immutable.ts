import { isDeepStrictEqual } from 'node:util';
import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const selectorImmutable: UpgradeRule = {
  id: 'selector-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of the selector, so the whole apply fails',
  fix: 'keep the selector; for another one, add a workload under a new name and switch the Service to it',
  check: (from, to) =>
    to.workloads.flatMap(({ object, spec }) => {
      const before = from.find(object);
      if (before === undefined || isDeepStrictEqual(at(before.body, 'spec', 'selector'), spec.selector))
        return [];
      return [{ object, path: ['spec', 'selector'], what: 'spec.selector is another one' }];
    }),
};
