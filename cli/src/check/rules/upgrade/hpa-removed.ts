import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const hpaRemoved: UpgradeRule = {
  id: 'hpa-removed',
  severity: 'warning',
  reason:
    'nothing adds pods under load any more, and an apply with replicas ends those above that number at once',
  fix: 'write at least as many replicas as run under the highest load',
  check: (from, to) =>
    from.autoscalers
      .filter(({ object }) => to.deletes(object))
      .flatMap((autoscaler) => {
        const { object } = autoscaler;
        const scaled = from.scaledBy(autoscaler);
        const after = scaled && to.find(scaled.object);
        const workload = after && to.workload(after);
        const most = autoscaler.maximum.pods;
        if (workload === undefined || to.autoscalerOf(workload) !== undefined) {
          return [];
        }
        if (workload.replicas === 0 || (most !== undefined && (workload.replicas ?? 0) >= most)) {
          return [];
        }
        return [
          {
            object,
            path: [],
            what: `it is gone, and ${title(workload.object)} has ${workload.replicas ?? 'no'} replicas instead of up to ${most ?? 'more'}`,
          },
        ];
      }),
};
