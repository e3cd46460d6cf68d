import { shown } from '../../read/fields.js';
import { servicePorts } from '../../model/state.js';
import type { UpgradeRule } from '../rule.js';

export const servicePortRemoved: UpgradeRule = {
  id: 'service-port-removed',
  severity: 'error',
  reason: 'requests of everybody who uses this port fail at once',
  fix: 'keep the port beside the new one until nobody uses it',
  check: (from, to) =>
    to.services.flatMap((object) => {
      const before = from.find(object);
      const ports = servicePorts(object).map(({ port }) => port.port);
      return (before === undefined ? [] : servicePorts(before))
        .filter(({ port }) => !ports.includes(port.port))
        .map(({ port }) => ({ object, path: ['spec', 'ports'], what: `port ${shown(port.port)} is gone` }));
    }),
};
