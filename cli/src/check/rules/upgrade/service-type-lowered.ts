import { at, text } from '../../read/fields.js';
import { type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const serviceTypeLowered: UpgradeRule = {
  id: 'service-type-lowered',
  severity: 'error',
  reason: 'the load balancer or node port is given back, and its address with it',
  fix: 'keep the type; add a second Service and move the clients first',
  check: (from, to) =>
    to.services.flatMap((object) => {
      const before = from.find(object);
      if (before === undefined || rank(object) >= rank(before)) return [];
      return [
        {
          object,
          path: ['spec', 'type'],
          what: `its type was ${typeOf(before)} and is ${typeOf(object)}`,
        },
      ];
    }),
};

/** Each has what the ones before it have. */
const types = ['ClusterIP', 'NodePort', 'LoadBalancer'];

function rank(service: ManifestObject): number {
  return types.indexOf(typeOf(service));
}

function typeOf({ body }: ManifestObject): string {
  return text(at(body, 'spec', 'type')) ?? 'ClusterIP';
}
