import { isHeadless, protocolOf, servicePorts } from '../../model/service.js';
import { shown, type Fields } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { UpgradeRule } from '../rule.js';

export const servicePortRemoved: UpgradeRule = {
  id: 'service-port-removed',
  severity: 'error',
  reason: 'requests of everybody who uses this port fail at once',
  fix: 'keep the port beside the new one until nobody uses it',
  check: (from, to) =>
    inTurn(to.changes(from, to.services), ({ before, object }) => {
      if (isHeadless(object)) {
        return [];
      }
      const ports = new Set(servicePorts(object).map(({ port }) => nameOf(port)));
      return servicePorts(before)
        .map(({ port }) => nameOf(port))
        .filter((port) => !ports.has(port))
        .map((port) => ({ object, path: ['spec', 'ports'], what: `port ${port} is gone` }));
    }),
};

function nameOf(port: Fields): string {
  const protocol = protocolOf(port);
  return `${shown(port.port)}${protocol === 'TCP' ? '' : `/${protocol}`}`;
}
