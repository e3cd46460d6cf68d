import { rebuildsOf, settingOf } from '../../model/services/load-balancer-annotations.js';
import type { UpgradeRule } from '../rule.js';

export const loadBalancerReplaced: UpgradeRule = {
  id: 'load-balancer-replaced',
  severity: 'error',
  reason:
    'the cloud cannot change this for a load balancer that serves: it makes another one, or replaces its targets',
  fix: 'make a second object with the other annotation, and when it serves, move DNS to it',
  check: (from, to) =>
    [
      ...to.changes(from, to.services),
      ...to.changes(from, to.ofKind('networking.k8s.io', 'Ingress')),
      ...to.changes(from, to.ofKind('gateway.networking.k8s.io', 'Gateway')),
    ].flatMap((change) =>
      rebuildsOf(change).flatMap((setting) => {
        const { before: old, object } = change;
        const [before, after] = [old, object].map((one) => settingOf(one, setting));
        if (before === after || (setting.defaultIsUnknown && (before === undefined || after === undefined))) {
          return [];
        }
        const [name] = setting.names;
        return [
          {
            object,
            path: ['metadata', 'annotations', name],
            severity: setting.severity,
            what: `${setting.part ?? name} was ${before ?? 'not there'} and is ${after ?? 'not there'}: ${setting.what}`,
          },
        ];
      }),
    ),
};
