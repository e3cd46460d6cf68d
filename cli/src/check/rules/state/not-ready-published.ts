import { isForOnePod } from '../../model/services/service.js';
import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const notReadyPublished: StateRule = {
  id: 'not-ready-published',
  severity: 'error',
  reason: 'the Service sends requests to pods that are not ready yet, and to those that end',
  fix: 'remove publishNotReadyAddresses; peers that have to find each other early get a headless Service of their own',
  check: (state) =>
    state.services
      .filter(({ body }) => at(body, 'spec', 'publishNotReadyAddresses') === true)
      .filter((object) => at(object.body, 'spec', 'clusterIP') !== 'None' && !isForOnePod(object))
      .filter((object) => state.running(state.reachedBy(object)).length > 0)
      .map((object) => ({
        object,
        path: ['spec', 'publishNotReadyAddresses'],
        what: 'it sends to all pods, ready or not',
      })),
};
