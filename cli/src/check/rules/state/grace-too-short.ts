import { preStopSeconds } from '../../model/workloads/pre-stop.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const graceTooShort: StateRule = {
  id: 'grace-too-short',
  severity: 'error',
  reason: 'the pod is killed before its program has ended by itself, with all requests in flight',
  fix: 'set terminationGracePeriodSeconds to the preStop time and that of the longest request',
  check: (state) =>
    inTurn(state.serving(), ({ object, pod }) =>
      pod.containers.flatMap(({ name, spec }) => {
        const seconds = preStopSeconds(spec) ?? 0;
        if (seconds < pod.graceSeconds) {
          return [];
        }
        const wait = Number.isFinite(seconds) ? `${seconds} s` : 'for ever';
        const waits = seconds === 0 ? '' : ` waits ${wait} in preStop, and`;
        return [
          {
            object,
            path: [...POD_PATH, 'terminationGracePeriodSeconds'],
            what: `container ${name}${waits} has ${pod.graceSeconds} s to end`,
          },
        ];
      }),
    ),
};
