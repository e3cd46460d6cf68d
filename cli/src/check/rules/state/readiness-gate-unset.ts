import { isAwsController } from '../../model/services/load-balancer.js';
import { once } from '../../model/values/once.js';
import type { State } from '../../model/state.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { at, items, shown, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import type { StateRule } from '../rule.js';

export const readinessGateUnset: StateRule = {
  id: 'readiness-gate-unset',
  severity: 'warning',
  reason: 'new pods never become ready, as only a load balancer that sends to them sets this condition',
  fix: 'remove the gate, which the controller of the load balancer adds by itself, or add the Service and its load balancer',
  check: (state) => {
    const haveLoadBalancer = once((services: readonly ManifestObject[]) =>
      services.some((service) => hasLoadBalancer(state, service)),
    );
    return state.running(state.workloads).flatMap((workload) => {
      const unset = items(workload.pod.spec.readinessGates).filter(({ item }) =>
        GATES.test(text(item.conditionType) ?? ''),
      );
      if (unset.length === 0) {
        return [];
      }
      const services = state.servicesOf(workload);
      if (services.some(haveLoadBalancer)) {
        return [];
      }
      const why =
        services.length === 0
          ? 'no Service selects them'
          : 'no load balancer of these manifests sends to them';
      return unset.map(({ index, item }) => ({
        object: workload.object,
        path: [...POD_PATH, 'readinessGates', index],
        what: `its pods have the gate ${shown(item.conditionType)}, and ${why}`,
      }));
    });
  },
};

/** The gates of the AWS Load Balancer Controller and of GKE. */
const GATES =
  /^(target-health\.(elbv2|alb\.ingress)\.k8s\.aws\/|cloud\.google\.com\/load-balancer-neg-ready$)/;

/** Whether a load balancer that sends to pods may serve a Service: one of its own, or an Ingress or route. */
function hasLoadBalancer(state: State, service: ManifestObject): boolean {
  return (
    isAwsController(service) ||
    at(service.body, 'metadata', 'annotations', 'cloud.google.com/neg') !== undefined ||
    state.backendsTo(service).length > 0
  );
}
