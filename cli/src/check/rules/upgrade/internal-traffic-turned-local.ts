import { once } from '../../model/values/once.js';
import { isHeadless } from '../../model/services/service.js';
import type { Workload } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const internalTrafficTurnedLocal: UpgradeRule = {
  id: 'internal-traffic-turned-local',
  sameAs: 'internal-traffic-local',
  severity: 'warning',
  reason:
    'clients on nodes without a pod of the Service lose every request, and so do those on nodes whose only pod is being replaced',
  fix: 'keep internalTrafficPolicy: Cluster, and prefer near pods by trafficDistribution: PreferClose',
  check: (from, to) => {
    const hasOthers = once((workloads: readonly Workload[]) =>
      workloads.some((workload) => workload.object.kind !== 'DaemonSet'),
    );
    return to
      .changes(from, to.services)
      .filter(({ object }) => !isHeadless(object))
      .filter(({ before, object }) => {
        const [old, now] = [before, object].map(({ body }) => at(body, 'spec', 'internalTrafficPolicy'));
        return old !== 'Local' && now === 'Local';
      })
      .filter(({ object }) => hasOthers(from.runningBehind(object)))
      .map(({ object }) => ({
        object,
        path: ['spec', 'internalTrafficPolicy'],
        what: 'it was Cluster and is Local',
      }));
  },
};
