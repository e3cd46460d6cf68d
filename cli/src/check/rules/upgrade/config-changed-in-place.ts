import { isDeepStrictEqual } from 'node:util';
import { once } from '../../model/values/once.js';
import { configsOf } from '../../model/references/references.js';
import { fields } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const configChangedInPlace: UpgradeRule = {
  id: 'config-changed-in-place',
  severity: 'warning',
  reason:
    'an old pod that is started again, or a rollback, gets the new configuration; only new names can be taken back',
  fix: 'write the new content under a new name, such as one with a hash, refer to it, and keep the old one',
  check: (from, to) => {
    const changesOf = once((before: ManifestObject) => changesIn(before, to.find(before)));
    const staying = from.serving().filter(({ object }) => !to.deletes(object));
    return staying.flatMap((workload) =>
      configsOf(workload.pod).flatMap(({ kind, name, keys }) => {
        const before = from.beside(workload.object, '', kind, name);
        const object = before && to.find(before);
        // The API server refuses a change of what is immutable, and config-immutable says so.
        if (before === undefined || object === undefined || before.body.immutable === true) {
          return [];
        }
        const changed = changesOf(before).find((change) => overlap(change.keys, keys))?.field;
        if (changed === undefined) {
          return [];
        }
        return [
          {
            object,
            path: [changed],
            what: `it changed, and running pods of ${title(workload.object)} use it`,
          },
        ];
      }),
    );
  },
};

/** The fields of a ConfigMap or Secret in which keys have other values, or come or go. */
function changesIn(before: ManifestObject, after: ManifestObject | undefined) {
  return ['data', 'binaryData', 'stringData'].map((field) => {
    const [old, data] = [before, after].map((config) => fields(config?.body[field]));
    const all = new Set([...Object.keys(old), ...Object.keys(data)]);
    const keys = [...all].filter((key) => !isDeepStrictEqual(old[key], data[key]));
    return { field, keys: new Set(keys) };
  });
}

/** Whether a pod takes a key that changed; without keys it takes all. */
function overlap(changed: ReadonlySet<string>, taken?: ReadonlySet<string>): boolean {
  return taken === undefined ? changed.size > 0 : [...taken].some((key) => changed.has(key));
}
