import { letsSomebodyIn, restrictsIngress } from '../../model/network-policy.js';
import { resolvePort } from '../../model/pod.js';
import { protocolOf } from '../../model/service.js';
import { servicePorts } from '../../model/state.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const networkPolicyClosed: UpgradeRule = {
  id: 'network-policy-closed',
  severity: 'error',
  reason:
    'the policy applies to the running pods at once, and nobody may connect to the port of the Service any more',
  fix: 'allow the port in spec.ingress, from wherever its clients come',
  check: (from, to) => {
    const old = from.ofKind('networking.k8s.io', 'NetworkPolicy');
    const own = to.ofKind('networking.k8s.io', 'NetworkPolicy');
    const policies = [...own, ...old.filter((one) => to.find(one) === undefined && !to.deletes(one))];
    return from.serving().flatMap((workload) => {
      const policy = own.find((one) => restrictsIngress(one, workload));
      if (policy === undefined) return [];
      return from.servicesOf(workload).flatMap((service) =>
        servicePorts(service).flatMap(({ port, targetPort }) => {
          const number = resolvePort(workload.pod, targetPort);
          if (number === undefined || !letsSomebodyIn(old, workload, number, protocolOf(port))) return [];
          if (letsSomebodyIn(policies, workload, number, protocolOf(port))) return [];
          return [
            {
              object: policy,
              path: ['spec', 'ingress'],
              what: `nobody may connect to port ${number} of the pods of ${title(workload.object)}`,
            },
          ];
        }),
      );
    });
  },
};
