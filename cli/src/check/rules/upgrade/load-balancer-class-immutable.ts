import { wasWritten } from '../../model/apply/applied.js';
import { typeOf } from '../../model/services/service.js';
import { at, text } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const loadBalancerClassImmutable: UpgradeRule = {
  id: 'load-balancer-class-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of loadBalancerClass, so the apply of the Service fails',
  fix: 'make a second Service of the other class and move the clients to it',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before: old, object }) => {
      if ([old, object].some((service) => typeOf(service) !== 'LoadBalancer')) {
        return [];
      }
      const [before, after] = [old, object].map(({ body }) => text(at(body, 'spec', 'loadBalancerClass')));
      if (before === after) {
        return [];
      }
      // One that the cluster gave the Service stays when no manifest names it.
      if (after === undefined && !wasWritten(old, ['spec', 'loadBalancerClass'])) {
        return [];
      }
      return [
        {
          object,
          path: ['spec', 'loadBalancerClass'],
          what: `it was ${before ?? 'not there'} and is ${after ?? 'not there'}`,
        },
      ];
    }),
};
