import { POD_PATH } from '../../model/workload.js';
import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const preStopMissing: StateRule = {
  id: 'pre-stop-missing',
  severity: 'warning',
  reason:
    'an ending pod still gets requests until every node and load balancer knows that it goes; unless its program waits by itself, they are lost',
  fix: 'add lifecycle.preStop.sleep.seconds, 15 for instance',
  check: (state) =>
    state
      .serving()
      .filter(
        (workload) =>
          !state.answering(workload).some(({ spec }) => {
            const hook = at(spec, 'lifecycle', 'preStop');
            return hook && at(hook, 'sleep', 'seconds') !== 0;
          }),
      )
      .map(({ object }) => ({
        object,
        path: [...POD_PATH, 'containers'],
        what: 'no container that answers has a preStop hook',
      })),
};
