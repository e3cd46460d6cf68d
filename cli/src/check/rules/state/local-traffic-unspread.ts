import { fewTitles } from '../../model/values/few.js';
import { once } from '../../model/values/once.js';
import type { Workload } from '../../model/workloads/workload.js';
import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const localTrafficUnspread: StateRule = {
  id: 'local-traffic-unspread',
  severity: 'info',
  reason:
    'pods may be together on few nodes, which then get all requests, and are lost together when such a node fails',
  fix: 'spread the pods over the nodes with topologySpreadConstraints, or set externalTrafficPolicy: Cluster',
  check: (state) => {
    const unspread = once((workloads: readonly Workload[]) =>
      fewTitles(workloads.filter((workload) => workload.object.kind !== 'DaemonSet' && !isSpread(workload))),
    );
    return state.services
      .filter((object) => at(object.body, 'spec', 'externalTrafficPolicy') === 'Local')
      .flatMap((object) =>
        unspread(state.runningBehind(object)).map((owner) => ({
          object,
          path: ['spec', 'externalTrafficPolicy'],
          what: `Local, and nothing spreads the pods of ${owner}`,
        })),
      );
  },
};

function isSpread({ pod: { spec } }: Workload): boolean {
  return Boolean(spec.topologySpreadConstraints) || Boolean(at(spec, 'affinity', 'podAntiAffinity'));
}
