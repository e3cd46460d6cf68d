import { isDeepStrictEqual } from 'node:util';
import { quantity } from '../../model/values/quantity.js';
import { at } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const claimImmutable: UpgradeRule = {
  id: 'claim-immutable',
  severity: 'error',
  reason: 'the API server refuses every change of a claim but more storage, so the apply fails',
  fix: 'make a second PersistentVolumeClaim, move the data, then let the pods use it',
  check: (from, to) =>
    to.changes(from, to.ofKind('', 'PersistentVolumeClaim')).flatMap(({ before, object }) => {
      const changed = Object.keys(DEFAULTS)
        .filter((field) => {
          const [old, value] = [before, object].map(({ body }) => at(body, 'spec', field) ?? DEFAULTS[field]);
          return old !== undefined && value !== undefined && !isDeepStrictEqual(old, value);
        })
        .map((field) => ({ object, path: ['spec', field], what: `spec.${field} changed` }));
      const [old, storage] = [before, object].map(storageOf);
      if (old === undefined || storage === undefined || storage >= old) {
        return changed;
      }
      return [...changed, { object, path: STORAGE_PATH, what: 'it asks for less storage' }];
    }),
};

/** The fields, each with its default; those without one are filled in by the cluster. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  accessModes: undefined,
  selector: undefined,
  storageClassName: undefined,
  volumeName: undefined,
  volumeMode: 'Filesystem',
  dataSource: undefined,
  dataSourceRef: undefined,
};

const STORAGE_PATH = ['spec', 'resources', 'requests', 'storage'];

function storageOf({ body }: ManifestObject): number | undefined {
  return quantity(at(body, ...STORAGE_PATH));
}
