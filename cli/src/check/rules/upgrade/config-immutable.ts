import { isDeepStrictEqual } from 'node:util';
import { at, fields } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const configImmutable: UpgradeRule = {
  id: 'config-immutable',
  severity: 'error',
  reason: 'the API server refuses it, so the apply fails and new pods start with the old configuration',
  fix: 'make a new ConfigMap or Secret under another name, refer to it, and keep the old one for old pods',
  check: (from, to) =>
    ['ConfigMap', 'Secret'].flatMap((kind) =>
      to.changes(from, to.ofKind('', kind)).flatMap(({ before, object }) => {
        if (kind === 'Secret' && typeOf(before.body) !== typeOf(object.body)) {
          return [{ object, path: ['type'], what: 'its type changed' }];
        }
        if (before.body.immutable !== true) {
          return [];
        }
        const changed = ['data', 'binaryData', 'stringData'].find(
          (field) => !isDeepStrictEqual(fields(before.body[field]), fields(object.body[field])),
        );
        const what =
          changed === undefined
            ? 'it was immutable and is not any more'
            : `it is immutable, and ${changed} changed`;
        if (changed === undefined && object.body.immutable === true) {
          return [];
        }
        return [{ object, path: [changed ?? 'immutable'], what }];
      }),
    ),
};

function typeOf(secret: unknown): unknown {
  return at(secret, 'type') ?? 'Opaque';
}
