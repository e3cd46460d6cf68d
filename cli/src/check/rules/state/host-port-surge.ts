import { takesHostPorts } from '../../model/workloads/pod.js';
import { boundsOf, POD_PATH } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const hostPortSurge: StateRule = {
  id: 'host-port-surge',
  severity: 'warning',
  reason:
    'a new pod cannot start on a node where an old one holds its port, and no old one goes before it serves',
  fix: 'use a Service instead of the host port, or set maxSurge: 0 and maxUnavailable: 1 with two nodes or more',
  check: (state) =>
    state.serving().flatMap((workload) => {
      const bounds = boundsOf(workload, state.fewestPods(workload));
      if (bounds === undefined || bounds.unavailable > 0 || !takesHostPorts(workload.pod)) {
        return [];
      }
      return [
        {
          object: workload.object,
          path: POD_PATH,
          what: 'its pods hold ports of their node, and none may be missing',
        },
      ];
    }),
};
