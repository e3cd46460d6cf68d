import { LOAD_BALANCER_SETTINGS, settingOf } from '../../model/load-balancer-annotations.js';
import { typeOf } from '../../model/service.js';
import type { UpgradeRule } from '../rule.js';

export const loadBalancerReplaced: UpgradeRule = {
  id: 'load-balancer-replaced',
  severity: 'error',
  reason:
    'the cloud cannot change this for a load balancer that serves: it makes another one, or replaces its targets',
  fix: 'make a second Service with the other annotation, and when it serves, move DNS to it',
  check: (from, to) =>
    to
      .changes(from, to.services)
      .filter((change) => Object.values(change).every((service) => typeOf(service) === 'LoadBalancer'))
      .flatMap(({ before: old, object }) =>
        LOAD_BALANCER_SETTINGS.flatMap((setting) => {
          const [before, after] = [old, object].map((service) => settingOf(service, setting));
          if (before === after) {
            return [];
          }
          const [name] = setting.names;
          return [
            {
              object,
              path: ['metadata', 'annotations', name],
              what: `${name} was ${before ?? 'not there'} and is ${after ?? 'not there'}: ${setting.what}`,
            },
          ];
        }),
      ),
};
