import { lags } from '../../model/services/load-balancer.js';
import { waitOf } from '../../model/workloads/pre-stop.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const preStopTooShort: StateRule = {
  id: 'pre-stop-too-short',
  severity: 'warning',
  reason: 'requests that the load balancer sends after the wait come to a program that ends, or to none',
  fix: 'wait longer in preStop than the load balancer takes, and raise terminationGracePeriodSeconds by as much',
  check: (state) => {
    const lagOf = lags(state);
    return inTurn(state.serving(), (workload) => {
      const lag = lagOf(workload);
      if (lag === undefined) {
        return [];
      }
      return state.answering(workload).flatMap((container) => {
        const { name, path } = container;
        const seconds = waitOf(container, workload.pod);
        if (!seconds || seconds >= lag.seconds) {
          return [];
        }
        return [
          {
            object: workload.object,
            path: [...POD_PATH, ...path, 'lifecycle', 'preStop'],
            what: `container ${name} waits ${seconds} s in preStop, and ${lag.sender} may go on sending for ${lag.seconds} s`,
          },
        ];
      });
    });
  },
};
