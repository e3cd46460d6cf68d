import { typeOf } from '../../model/services/service.js';
import { type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const serviceTypeLowered: UpgradeRule = {
  id: 'service-type-lowered',
  severity: 'error',
  reason:
    'what the other type does not have is given back: the load balancer, the node port or the cluster IP',
  fix: 'keep the type; add a second Service and move the clients first',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter(({ before, object }) => rank(object) < rank(before))
      .map(({ before, object }) => ({
        object,
        path: ['spec', 'type'],
        what: `its type was ${typeOf(before)} and is ${typeOf(object)}`,
      })),
};

/** Each type includes what the types before it have. */
const TYPES = ['ExternalName', 'ClusterIP', 'NodePort', 'LoadBalancer'];

function rank(service: ManifestObject): number {
  return TYPES.indexOf(typeOf(service));
}
