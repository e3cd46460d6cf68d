import { wasWritten } from '../../model/apply/applied.js';
import type { UpgradeRule } from '../rule.js';

export const replicasRemoved: UpgradeRule = {
  id: 'replicas-removed',
  severity: 'error',
  reason: 'an apply sets a removed field to its default, so one pod is left until something adds others',
  fix: 'take replicas out of the last applied configuration first (kubectl apply edit-last-applied), then out of the manifest',
  check: (from, to) =>
    to.workloads.flatMap(({ object, replicas }) => {
      const before = from.find(object);
      const was = before && from.workload(before);
      const old = was?.replicas;
      if (was === undefined || old === undefined || replicas !== undefined) {
        return [];
      }
      // What an autoscaler has made of a single pod is set back to it too.
      if (old < 1 || (old === 1 && from.autoscalerOf(was) === undefined)) {
        return [];
      }
      if (object.kind === 'DaemonSet' || !wasWritten(was.object, ['spec', 'replicas'])) {
        return [];
      }
      return [{ object, path: ['spec'], what: `replicas was ${old} and is not there any more` }];
    }),
};
