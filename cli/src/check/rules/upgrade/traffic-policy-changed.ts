import { at, text } from '../../read/fields.js';
import { type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const trafficPolicyChanged: UpgradeRule = {
  id: 'traffic-policy-changed',
  severity: 'warning',
  reason:
    'nodes and load balancer change their minds about each other at different times, and what is sent between is lost',
  fix: 'make a second Service with the other policy and move the clients to it',
  check: (from, to) =>
    to.services.flatMap((object) => {
      const before = from.find(object);
      if (before === undefined || policy(before) === policy(object)) return [];
      return [
        {
          object,
          path: ['spec', 'externalTrafficPolicy'],
          what: `it was ${policy(before)} and is ${policy(object)}`,
        },
      ];
    }),
};

function policy({ body }: ManifestObject): string {
  return text(at(body, 'spec', 'externalTrafficPolicy')) ?? 'Cluster';
}
