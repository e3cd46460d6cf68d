import { isDeepStrictEqual } from 'node:util';
import { at } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const statefulSetImmutable: UpgradeRule = {
  id: 'stateful-set-immutable',
  severity: 'error',
  reason: 'the API server refuses a change of this field of a StatefulSet, so its apply fails',
  fix: 'delete the StatefulSet with --cascade=orphan and apply the new one, or make another under a new name',
  check: (from, to) =>
    to.workloads
      .filter(({ object }) => object.kind === 'StatefulSet')
      .flatMap(({ object, spec }) => {
        const before = from.find(object);
        if (before === undefined) return [];
        return immutable
          .filter((field) => !isDeepStrictEqual(at(before.body, 'spec', field), spec[field]))
          .map((field) => ({ object, path: ['spec', field], what: `spec.${field} is another one` }));
      }),
};

const immutable = ['serviceName', 'podManagementPolicy', 'volumeClaimTemplates'];
