import { titles } from '../../model/values/few.js';
import { once } from '../../model/values/once.js';
import { servicePorts } from '../../model/services/service.js';
import type { Workload } from '../../model/workloads/workload.js';
import { shown } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const targetPortUndeclared: StateRule = {
  id: 'target-port-undeclared',
  severity: 'info',
  reason:
    'the containers declare ports, and this one is not among them: a typing error, or a port that is not written down',
  fix: 'declare the port in ports of the container, or correct targetPort',
  check: (state) => {
    const declaring = once((workloads: readonly Workload[]) =>
      workloads.filter(({ pod }) => pod.ports.size > 0),
    );
    return inTurn(state.services, (object) => {
      const workloads = state.workloadsByPort(declaring(state.reachedBy(object)));
      return servicePorts(object)
        .filter(({ targetPort }) => typeof targetPort === 'number')
        .flatMap(({ index, targetPort }) =>
          titles(workloads.without(targetPort)).map((owner) => ({
            object,
            path: ['spec', 'ports', index],
            what: `no container of ${owner} declares port ${shown(targetPort)}`,
          })),
        );
    });
  },
};
