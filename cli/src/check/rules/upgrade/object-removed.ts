import { isKept } from '../../model/kept.js';
import type { UpgradeRule } from '../rule.js';

export const objectRemoved: UpgradeRule = {
  id: 'object-removed',
  severity: 'error',
  reason: 'where what is no longer in the manifests is deleted, requests to it fail at once',
  fix: 'keep the object until nobody uses it; under a new name, add the new one first',
  check: (from, to) =>
    [...from.services, ...from.serving().map(({ object }) => object)]
      .filter((object) => to.find(object) === undefined && !isKept(object))
      .map((object) => ({ object, path: [], what: 'it is not in the new manifests' })),
};
