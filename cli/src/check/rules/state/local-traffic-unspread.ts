import { at } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const localTrafficUnspread: StateRule = {
  id: 'local-traffic-unspread',
  severity: 'info',
  reason:
    'pods may stand together on few nodes, which then get all requests, and go together when such a node fails',
  fix: 'spread the pods over the nodes with topologySpreadConstraints, or set externalTrafficPolicy: Cluster',
  check: (state) =>
    state.services
      .filter((object) => at(object.body, 'spec', 'externalTrafficPolicy') === 'Local')
      .flatMap((object) =>
        state
          .behind(object)
          .filter(({ object: { kind }, replicas }) => kind !== 'DaemonSet' && replicas !== 0)
          .filter(
            ({ pod }) => !pod.spec.topologySpreadConstraints && !at(pod.spec, 'affinity', 'podAntiAffinity'),
          )
          .map((workload) => ({
            object,
            path: ['spec', 'externalTrafficPolicy'],
            what: `Local, and nothing spreads the pods of ${title(workload.object)}`,
          })),
      ),
};
