import { title } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const hpaCountsOtherPods: StateRule = {
  id: 'hpa-counts-other-pods',
  severity: 'warning',
  reason:
    'the autoscaler measures all pods that the selector of its target matches, so the load of others decides how many there are',
  fix: 'give the workload a label of its own in spec.selector and in its pods; as a selector is immutable, under a new name',
  check: (state) =>
    state.autoscalers.flatMap((autoscaler) => {
      const scaled = state.scaledBy(autoscaler);
      if (scaled === undefined || autoscaler.metrics.length === 0) {
        return [];
      }
      const other = state.countedWith(scaled).find((one) => one !== scaled && one.replicas !== 0);
      if (other === undefined) {
        return [];
      }
      const { object, targetPath } = autoscaler;
      return [
        {
          object,
          path: targetPath,
          what: `the selector of ${title(scaled.object)} matches pods of ${title(other.object)} too`,
        },
      ];
    }),
};
