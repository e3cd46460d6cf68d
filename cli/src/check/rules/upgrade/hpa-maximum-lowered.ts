import { at, number } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const hpaMaximumLowered: UpgradeRule = {
  id: 'hpa-maximum-lowered',
  severity: 'warning',
  reason: 'the autoscaler ends all pods above its maximum at once, without its stabilization window',
  fix: 'lower maxReplicas when fewer pods run, in steps, or limit scaleDown by a policy first',
  check: (from, to) =>
    to.autoscalers.flatMap((object) => {
      const old = from.find(object);
      const scaled = to.scaledBy(object);
      const before = old
        ? number(at(old.body, 'spec', 'maxReplicas'))
        : scaled && from.workload(from.find(scaled.object) ?? scaled.object)?.replicas;
      const after = number(at(object.body, 'spec', 'maxReplicas'));
      if (before === undefined || after === undefined || after >= before) {
        return [];
      }
      const what = old ? `from ${before} to ${after}` : `${after}, and there were ${before} pods`;
      return [{ object, path: ['spec', 'maxReplicas'], what }];
    }),
};
