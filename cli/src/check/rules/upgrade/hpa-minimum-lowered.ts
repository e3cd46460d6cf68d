import { at, number } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const hpaMinimumLowered: UpgradeRule = {
  id: 'hpa-minimum-lowered',
  severity: 'info',
  reason: 'at its next look, the autoscaler may end pods that have always been there',
  fix: 'lower minReplicas in steps, when there is little load',
  check: (from, to) =>
    to.autoscalers.flatMap((object) => {
      const old = from.find(object);
      const scaled = to.scaledBy(object);
      const before = old
        ? (number(at(old.body, 'spec', 'minReplicas')) ?? 1)
        : scaled && from.workload(from.find(scaled.object) ?? scaled.object)?.replicas;
      const after = number(at(object.body, 'spec', 'minReplicas')) ?? 1;
      if (before === undefined || after >= before) {
        return [];
      }
      const what = old ? `from ${before} to ${after}` : `${after}, and there were ${before} pods`;
      return [{ object, path: ['spec', 'minReplicas'], what }];
    }),
};
