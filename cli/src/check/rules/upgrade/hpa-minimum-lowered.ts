import { at, number } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const hpaMinimumLowered: UpgradeRule = {
  id: 'hpa-minimum-lowered',
  severity: 'info',
  reason: 'the autoscaler may end pods that were always there, at its next look',
  fix: 'lower minReplicas in steps, when there is little load',
  check: (from, to) =>
    to.autoscalers.flatMap((object) => {
      const before = number(at(from.find(object)?.body, 'spec', 'minReplicas'));
      const after = number(at(object.body, 'spec', 'minReplicas')) ?? 1;
      if (before === undefined || after >= before) return [];
      return [{ object, path: ['spec', 'minReplicas'], what: `from ${before} to ${after}` }];
    }),
};
