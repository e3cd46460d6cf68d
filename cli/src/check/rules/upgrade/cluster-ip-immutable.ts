import { typeOf } from '../../model/services/service.js';
import { at, text } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const clusterIpImmutable: UpgradeRule = {
  id: 'cluster-ip-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of clusterIP, so the apply of the Service fails',
  fix: 'make a second Service with the other clusterIP and move the clients to it',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before: old, object }) => {
      const before = text(at(old.body, 'spec', 'clusterIP'));
      const after = text(at(object.body, 'spec', 'clusterIP'));
      if (after === undefined || before === after) {
        return [];
      }
      // An address that is written down for the first time may be the one that the Service was given.
      if (before === undefined && after !== 'None') {
        return [];
      }
      if ([old, object].some((service) => typeOf(service) === 'ExternalName')) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'clusterIP'],
          what: `it was ${before ?? 'given by the cluster'} and is ${after}`,
        },
      ];
    }),
};
