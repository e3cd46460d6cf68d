import { typeOf } from '../../model/services/service.js';
import { at, number } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const healthCheckNodePortImmutable: UpgradeRule = {
  id: 'health-check-node-port-immutable',
  severity: 'error',
  reason: 'the API server refuses another healthCheckNodePort, so the apply of the Service fails',
  fix: 'keep the number; for another one, make a second Service and move the clients to it',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before: old, object }) => {
      const [before, after] = [old, object].map(({ body }) =>
        number(at(body, 'spec', 'healthCheckNodePort')),
      );
      if (before === undefined || after === undefined || before === after) {
        return [];
      }
      if (![old, object].every(isChecked)) {
        return [];
      }
      return [{ object, path: ['spec', 'healthCheckNodePort'], what: `it was ${before} and is ${after}` }];
    }),
};

function isChecked(service: ManifestObject): boolean {
  return typeOf(service) === 'LoadBalancer' && at(service.body, 'spec', 'externalTrafficPolicy') === 'Local';
}
