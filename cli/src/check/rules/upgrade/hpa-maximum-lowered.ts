import { readAutoscaler } from '../../model/workloads/autoscaler.js';
import type { UpgradeRule } from '../rule.js';

export const hpaMaximumLowered: UpgradeRule = {
  id: 'hpa-maximum-lowered',
  severity: 'warning',
  reason: 'the autoscaler ends all pods above its maximum at once, without its stabilization window',
  fix: 'lower maxReplicas (maxReplicaCount of KEDA) when fewer pods run, in steps, or limit scaleDown by a policy first',
  check: (from, to) =>
    to.autoscalers.flatMap((autoscaler) => {
      const { object, maximum } = autoscaler;
      const same = from.find(object);
      const scaled = to.scaledBy(autoscaler);
      const workload = scaled && from.workload(from.find(scaled.object) ?? scaled.object);
      const old = same ? readAutoscaler(same) : workload && from.autoscalerOf(workload);
      const [before, after] = [old ? old.maximum.pods : workload?.replicas, maximum.pods];
      if (before === undefined || after === undefined || after >= before) {
        return [];
      }
      const what = old ? `from ${before} to ${after}` : `${after}, and there were ${before} pods`;
      return [{ object, path: maximum.path, what }];
    }),
};
