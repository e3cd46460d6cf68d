import { servicePorts, hasPortNamed } from '../../model/state.js';
import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const targetPortMissing: StateRule = {
  id: 'target-port-missing',
  severity: 'error',
  reason: 'requests to this port reach no pod',
  fix: 'name the port of a container, or the port in spec.ports of the Service, alike',
  check: (state) =>
    state.services.flatMap((object) =>
      servicePorts(object)
        .filter(({ targetPort }) => typeof targetPort === 'string')
        .flatMap(({ index, targetPort }) =>
          state
            .behind(object)
            .filter((workload) => !hasPortNamed(workload, targetPort))
            .map((workload) => ({
              object,
              path: ['spec', 'ports', index, 'targetPort'],
              what: `no container of ${title(workload.object)} has a port named ${String(targetPort)}`,
            })),
        ),
    ),
};
