import { shown } from '../../read/fields.js';
import { portsOf } from '../../model/pod.js';
import { servicePorts } from '../../model/service.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const targetPortUndeclared: StateRule = {
  id: 'target-port-undeclared',
  severity: 'info',
  reason:
    'the containers declare ports, and this one is not among them: a typing error, or a port that is not written down',
  fix: 'declare the port in ports of the container, or correct targetPort',
  check: (state) =>
    state.services.flatMap((object) =>
      servicePorts(object).flatMap(({ index, targetPort }) =>
        state
          .reachedBy(object)
          .filter(({ pod }) => typeof targetPort === 'number' && portsOf(pod).length > 0)
          .filter(({ pod }) => !portsOf(pod).some(({ containerPort }) => containerPort === targetPort))
          .map((workload) => ({
            object,
            path: ['spec', 'ports', index],
            what: `no container of ${title(workload.object)} declares port ${shown(targetPort)}`,
          })),
      ),
    ),
};
