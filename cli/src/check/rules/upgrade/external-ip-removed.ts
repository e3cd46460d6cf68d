import { at } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const externalIpRemoved: UpgradeRule = {
  id: 'external-ip-removed',
  severity: 'error',
  reason: 'the nodes stop to serve the address at once',
  fix: 'keep the address in externalIPs until no client uses it',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before, object }) => {
      const addresses = addressesOf(object);
      return addressesOf(before)
        .filter((address) => !addresses.includes(address))
        .map((address) => ({
          object,
          path: ['spec', 'externalIPs'],
          what: `the address ${String(address)} is gone`,
        }));
    }),
};

function addressesOf({ body }: ManifestObject): readonly unknown[] {
  const addresses = at(body, 'spec', 'externalIPs');
  return Array.isArray(addresses) ? addresses : [];
}
