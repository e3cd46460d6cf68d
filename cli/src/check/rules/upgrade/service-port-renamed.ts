import { isHeadless, portsLike, servicePorts } from '../../model/services/service.js';
import { shown } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const servicePortRenamed: UpgradeRule = {
  id: 'service-port-renamed',
  severity: 'warning',
  reason:
    'nodes and ingress controllers look for the pods of a port by its name, and hear of the new name in the Service first',
  fix: 'keep the name; under another name, add a second port with another number and move the clients to it',
  check: (from, to) =>
    inTurn(to.changes(from, to.services), ({ before, object }) => {
      if (isHeadless(object) || from.runningBehind(before).length === 0) {
        return [];
      }
      const oldLike = portsLike(before);
      return servicePorts(object).flatMap(({ index, port }) => {
        const old = oldLike(port)?.port;
        if (old === undefined || old.name === port.name) {
          return [];
        }
        const [was, is] = [old, port].map(({ name }) =>
          name === undefined ? 'without a name' : shown(name),
        );
        return [
          {
            object,
            path: ['spec', 'ports', index, 'name'],
            what: `port ${shown(port.port)} was ${was} and is ${is}`,
          },
        ];
      });
    }),
};
