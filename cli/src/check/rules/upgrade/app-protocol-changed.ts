import { protocolOf } from '../../model/service.js';
import { servicePorts } from '../../model/state.js';
import { text } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const appProtocolChanged: UpgradeRule = {
  id: 'app-protocol-changed',
  severity: 'info',
  reason: 'a proxy or mesh that heeds it speaks the other protocol at once, to running pods too',
  fix: 'first roll out pods that understand both, or make a second port with the other protocol',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before: old, object }) =>
      servicePorts(object).flatMap(({ index, port }) => {
        const same = servicePorts(old).find(
          (other) => other.port.port === port.port && protocolOf(other.port) === protocolOf(port),
        );
        if (same === undefined || from.runningBehind(object).length === 0) return [];
        const [before, after] = [text(same.port.appProtocol), text(port.appProtocol)];
        if (before === after) return [];
        return [
          {
            object,
            path: ['spec', 'ports', index, 'appProtocol'],
            what: `it was ${before ?? 'not there'} and is ${after ?? 'not there'}`,
          },
        ];
      }),
    ),
};
