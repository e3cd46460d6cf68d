import { isDeepStrictEqual } from 'node:util';
import { configsOf } from '../../model/references.js';
import { fields, type Fields } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const configChangedInPlace: UpgradeRule = {
  id: 'config-changed-in-place',
  severity: 'warning',
  reason:
    'an old pod that is started again, or a rollback, gets the new configuration; only new names can be taken back',
  fix: 'write the new content under a new name, such as one with a hash, refer to it, and keep the old one',
  check: (from, to) =>
    from.serving().flatMap((workload) =>
      configsOf(workload.pod).flatMap(({ kind, name, keys }) => {
        const before = from.beside(workload.object, '', kind, name);
        const object = before && to.find(before);
        // The API server refuses a change of what is immutable, and config-immutable says so.
        if (before === undefined || object === undefined || before.body.immutable === true) return [];
        const changed = ['data', 'binaryData', 'stringData'].find(
          (field) => !isDeepStrictEqual(taken(before.body[field], keys), taken(object.body[field], keys)),
        );
        if (changed === undefined) return [];
        return [
          {
            object,
            path: [changed],
            what: `it changed, and running pods of ${title(workload.object)} use it`,
          },
        ];
      }),
    ),
};

/** What a pod takes of the data of a ConfigMap or Secret. */
function taken(data: unknown, keys?: readonly string[]): Fields {
  if (keys === undefined) return fields(data);
  return Object.fromEntries(Object.entries(fields(data)).filter(([key]) => keys.includes(key)));
}
