import { isDeepStrictEqual } from 'node:util';
import { at, fields, items } from '../../read/fields.js';
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
      const [old, selector] = [before, object].map(({ body }) => complete(at(body, 'spec', 'selector')));
      if (isDeepStrictEqual(old, selector)) {
        return [];
      }
      return [{ object, path: ['spec', 'selector'], what: 'spec.selector changed' }];
    }),
};

/** A selector with both of its parts, as an empty part means the same as a missing one. */
function complete(selector: unknown) {
  return {
    labels: fields(at(selector, 'matchLabels')),
    expressions: items(at(selector, 'matchExpressions')).map(({ item }) => item),
  };
}
