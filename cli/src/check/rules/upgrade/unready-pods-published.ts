import { isForOnePod, isHeadless } from '../../model/services/service.js';
import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const unreadyPodsPublished: UpgradeRule = {
  id: 'unready-pods-published',
  sameAs: 'not-ready-published',
  severity: 'error',
  reason:
    'from now on requests go to pods that have not started, and to pods that are unready or about to leave',
  fix: 'leave publishNotReadyAddresses out; for peers that have to find each other early, make a headless Service beside it',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter(({ object }) => !isHeadless(object) && !isForOnePod(object))
      .filter(({ object }) => from.runningBehind(object).length > 0)
      .filter(({ before, object }) => {
        const [old, now] = [before, object].map(({ body }) => at(body, 'spec', 'publishNotReadyAddresses'));
        return old !== true && now === true;
      })
      .map(({ object }) => ({
        object,
        path: ['spec', 'publishNotReadyAddresses'],
        what: 'publishNotReadyAddresses was not set and is true',
      })),
};
