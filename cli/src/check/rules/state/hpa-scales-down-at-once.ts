import { at } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const hpaScalesDownAtOnce: StateRule = {
  id: 'hpa-scales-down-at-once',
  severity: 'warning',
  reason:
    'in a rollout the autoscaler sees too little load, as it does not count pods that stop or are not measured yet, and takes pods away',
  fix: 'set stabilizationWindowSeconds to 300, the default, or to how long a rollout takes',
  check: (state) =>
    state.serving().flatMap((workload) => {
      const autoscaler = state.autoscalerOf(workload);
      if (autoscaler === undefined) {
        return [];
      }
      const { object, scaleDownPath } = autoscaler;
      const scaleDown = at(object.body, ...scaleDownPath);
      if (at(scaleDown, 'selectPolicy') === 'Disabled') {
        return [];
      }
      if (at(scaleDown, 'stabilizationWindowSeconds') !== 0) {
        return [];
      }
      return [
        {
          object,
          path: [...scaleDownPath, 'stabilizationWindowSeconds'],
          what: 'pods are taken away as soon as there is less load',
        },
      ];
    }),
};
