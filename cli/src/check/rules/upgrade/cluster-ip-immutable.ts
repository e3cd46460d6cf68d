import { at, text } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const clusterIpImmutable: UpgradeRule = {
  id: 'cluster-ip-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of clusterIP, so the apply of the Service fails',
  fix: 'make a second Service with the other clusterIP and move the clients to it',
  check: (from, to) =>
    to.services.flatMap((object) => {
      const before = text(at(from.find(object)?.body, 'spec', 'clusterIP'));
      const after = text(at(object.body, 'spec', 'clusterIP'));
      if (before === undefined || after === undefined || before === after) return [];
      return [{ object, path: ['spec', 'clusterIP'], what: `it was ${before} and is ${after}` }];
    }),
};
