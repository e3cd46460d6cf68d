import { isExternal } from '../../model/services/service.js';
import { at, text } from '../../read/fields.js';
import { type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const trafficPolicyChanged: UpgradeRule = {
  id: 'traffic-policy-changed',
  severity: 'warning',
  reason:
    'nodes and load balancer switch to the other policy at different times, and requests in between are lost',
  fix: 'make a second Service with the other policy and move the clients to it',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter(({ before, object }) => isExternal(before) && isExternal(object))
      .filter(({ before, object }) => policy(before) !== policy(object))
      .map(({ before, object }) => ({
        object,
        path: ['spec', 'externalTrafficPolicy'],
        what: `it was ${policy(before)} and is ${policy(object)}`,
      })),
};

function policy({ body }: ManifestObject): string {
  return text(at(body, 'spec', 'externalTrafficPolicy')) ?? 'Cluster';
}
