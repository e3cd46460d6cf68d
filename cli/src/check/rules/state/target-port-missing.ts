import { fewTitles } from '../../model/values/few.js';
import { servicePorts } from '../../model/services/service.js';
import { shown } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const targetPortMissing: StateRule = {
  id: 'target-port-missing',
  severity: 'error',
  reason: 'requests to this port reach no pod',
  fix: 'give the port of a container and targetPort of the Service the same name',
  check: (state) =>
    inTurn(state.services, (object) =>
      servicePorts(object)
        .filter(({ targetPort }) => typeof targetPort === 'string')
        .flatMap(({ index, targetPort }) => {
          // Pods without the port get no requests from it, which does no harm as long as other pods have it.
          const workloads = state.behind(object);
          if (workloads.length === 0 || state.workloadsByPort(workloads).some(targetPort)) {
            return [];
          }
          const owners = fewTitles(workloads).join(' or ');
          return [
            {
              object,
              path: ['spec', 'ports', index, 'targetPort'],
              what: `no container of ${owners} has a port named ${shown(targetPort)}`,
            },
          ];
        }),
    ),
};
