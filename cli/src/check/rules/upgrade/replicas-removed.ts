import { wasWritten } from '../../model/applied.js';
import type { UpgradeRule } from '../rule.js';

export const replicasRemoved: UpgradeRule = {
  id: 'replicas-removed',
  severity: 'error',
  reason: 'an apply sets a removed field to its default, so one pod is left until something adds others',
  fix: 'take replicas out of the last applied configuration first (kubectl apply edit-last-applied), then out of the manifest',
  check: (from, to) =>
    to.workloads.flatMap(({ object, replicas }) => {
      const before = from.find(object);
      const old = before && from.workload(before)?.replicas;
      if (before === undefined || old === undefined || old <= 1 || replicas !== undefined) {
        return [];
      }
      if (object.kind === 'DaemonSet' || !wasWritten(before, ['spec', 'replicas'])) {
        return [];
      }
      return [{ object, path: ['spec'], what: `replicas was ${old} and is not there any more` }];
    }),
};
