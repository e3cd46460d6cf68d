import { isAwsController } from '../../model/load-balancer.js';
import type { State } from '../../model/state.js';
import { podPath } from '../../model/workload.js';
import { at, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const readinessGateUnset: StateRule = {
  id: 'readiness-gate-unset',
  severity: 'warning',
  reason: 'new pods never become ready, as only a load balancer that sends to them sets this condition',
  fix: 'remove the gate, which the controller of the load balancer adds by itself, or add the Service and its load balancer',
  check: (state) =>
    state.workloads
      .filter(({ replicas }) => replicas !== 0)
      .flatMap((workload) =>
        items(workload.pod.spec.readinessGates).flatMap(({ index, item }) => {
          const gate = text(item.conditionType) ?? '';
          if (!gates.test(gate)) return [];
          const services = state.servicesOf(workload);
          if (services.some((service) => hasLoadBalancer(state, service))) return [];
          return [
            {
              object: workload.object,
              path: [...podPath, 'readinessGates', index],
              what:
                services.length === 0
                  ? `its pods have the gate ${gate}, and no Service selects them`
                  : `its pods have the gate ${gate}, and no load balancer of these manifests sends to them`,
            },
          ];
        }),
      ),
};

/** The gates of the AWS Load Balancer Controller and of GKE. */
const gates =
  /^(target-health\.(elbv2|alb\.ingress)\.k8s\.aws\/|cloud\.google\.com\/load-balancer-neg-ready$)/;

/** Whether a load balancer that sends to pods may know a Service: one that its controller makes, or an Ingress or route. */
function hasLoadBalancer(state: State, service: ManifestObject): boolean {
  return (
    isAwsController(service) ||
    at(service.body, 'metadata', 'annotations', 'cloud.google.com/neg') !== undefined ||
    state.backendsTo(service).length > 0
  );
}
