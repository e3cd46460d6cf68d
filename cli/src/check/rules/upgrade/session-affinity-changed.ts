import { at } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const sessionAffinityChanged: UpgradeRule = {
  id: 'session-affinity-changed',
  severity: 'info',
  reason: 'the next connection of a client may come to another pod, which does not know its session',
  fix: 'keep sessions outside the pods, or sessionAffinity as it is',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter(({ before, object }) => isSticky(before) && !isSticky(object))
      .map(({ object }) => ({
        object,
        path: ['spec', 'sessionAffinity'],
        what: 'it was ClientIP and is not any more',
      })),
};

function isSticky({ body }: ManifestObject): boolean {
  return at(body, 'spec', 'sessionAffinity') === 'ClientIP';
}
