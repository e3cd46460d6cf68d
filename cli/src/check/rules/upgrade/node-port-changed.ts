import { isExternal, portsLike, servicePorts } from '../../model/services/service.js';
import { number } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const nodePortChanged: UpgradeRule = {
  id: 'node-port-changed',
  severity: 'error',
  reason:
    'the nodes close the old port at once: its clients fail, and so do requests through a load balancer until it has noticed',
  fix: 'keep nodePort; for another number, make a second Service and move the clients to it',
  check: (from, to) =>
    inTurn(
      to.changes(from, to.services).filter((change) => Object.values(change).every(isExternal)),
      ({ before: old, object }) => {
        const oldPort = portsLike(old);
        return servicePorts(object).flatMap(({ index, port }) => {
          const same = oldPort(port);
          const [before, after] = [number(same?.port.nodePort), number(port.nodePort)];
          // A node port that is not in the manifest stays as it is.
          if (before === undefined || after === undefined || before === after) {
            return [];
          }
          return [
            {
              object,
              path: ['spec', 'ports', index, 'nodePort'],
              what: `it was ${before} and is ${after}`,
            },
          ];
        });
      },
    ),
};
