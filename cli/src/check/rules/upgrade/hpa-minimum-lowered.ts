import { readAutoscaler } from '../../model/workloads/autoscaler.js';
import type { UpgradeRule } from '../rule.js';

export const hpaMinimumLowered: UpgradeRule = {
  id: 'hpa-minimum-lowered',
  severity: 'info',
  reason: 'at its next look, the autoscaler may end pods that have always been there',
  fix: 'lower minReplicas (minReplicaCount of KEDA) in steps, when there is little load',
  check: (from, to) =>
    to.autoscalers.flatMap((autoscaler) => {
      const { object, minimum } = autoscaler;
      const same = from.find(object);
      const scaled = to.scaledBy(autoscaler);
      const workload = scaled && from.workload(from.find(scaled.object) ?? scaled.object);
      const old = same ? readAutoscaler(same) : workload && from.autoscalerOf(workload);
      const [before, after] = [old ? old.minimum.pods : workload?.replicas, minimum.pods];
      if (before === undefined || after === undefined || after >= before) {
        return [];
      }
      const what = old ? `from ${before} to ${after}` : `${after}, and there were ${before} pods`;
      return [{ object, path: minimum.path, what }];
    }),
};
