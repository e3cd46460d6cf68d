import { at, number } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const replicasRemoved: UpgradeRule = {
  id: 'replicas-removed',
  severity: 'error',
  reason: 'an apply sets a removed field to its default, so one pod is left until something adds others',
  fix: 'take replicas out of the last applied configuration first (kubectl apply edit-last-applied), then out of the manifest',
  check: (from, to) =>
    to.workloads.flatMap(({ object, replicas }) => {
      const before = from.find(object);
      const old = number(at(before?.body, 'spec', 'replicas')) ?? 1;
      if (object.kind === 'DaemonSet' || replicas !== undefined || old <= 1) return [];
      return [{ object, path: ['spec'], what: `replicas was ${old} and is not there any more` }];
    }),
};
