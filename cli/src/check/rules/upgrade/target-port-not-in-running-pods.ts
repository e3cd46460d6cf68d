import { titles } from '../../model/values/few.js';
import { isHeadless, portsLike, servicePorts } from '../../model/services/service.js';
import { shown } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const targetPortNotInRunningPods: UpgradeRule = {
  id: 'target-port-not-in-running-pods',
  severity: 'error',
  reason:
    'the Service sends requests to a port that the running pods do not have, until the last of them is replaced',
  fix: 'first roll out pods with both ports, then change targetPort; a name may mean another number in each pod',
  check: (from, to) =>
    inTurn(to.changes(from, to.services), ({ before, object }) => {
      if (isHeadless(object)) {
        return [];
      }
      const oldPort = portsLike(before);
      const running = from.workloadsByPort(from.runningBehind(object));
      return servicePorts(object).flatMap(({ index, port, targetPort }) => {
        const same = oldPort(port);
        if (same === undefined || same.targetPort === targetPort) {
          return [];
        }
        if (typeof targetPort === 'string') {
          // No pod of the new manifests has it either, and target-port-missing says so.
          if (!to.workloadsByPort(to.behind(object)).some(targetPort)) {
            return [];
          }
          // A pod without a port of that name gets no requests, and the others do.
          if (running.some(targetPort)) {
            return [];
          }
        }
        return titles(running.without(targetPort)).map((owner) => ({
          object,
          path: ['spec', 'ports', index, 'targetPort'],
          what: `the running pods of ${owner} have no port ${shown(targetPort)}`,
        }));
      });
    }),
};
