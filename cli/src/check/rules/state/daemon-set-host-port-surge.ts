import { takesHostPorts } from '../../model/workloads/pod.js';
import { POD_PATH, replacesPods, surges } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const daemonSetHostPortSurge: StateRule = {
  id: 'daemon-set-host-port-surge',
  severity: 'error',
  reason:
    'the new pod of a node waits for a port that the old one holds, and the old one for the new one: nothing is rolled out',
  fix: 'use a Service instead of the host port, or set maxSurge: 0 and maxUnavailable: 1',
  check: (state) =>
    state
      .serving()
      .filter((workload) => workload.object.kind === 'DaemonSet' && replacesPods(workload))
      .filter((workload) => surges(workload) && takesHostPorts(workload.pod))
      .map(({ object }) => ({
        object,
        path: POD_PATH,
        what: 'its pods hold ports of their node, and new ones start beside the old ones',
      })),
};
