import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

/** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/ */
const READINESS_GATE_LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';

/**
 * A readiness gate that no pod gets, because the Namespace does not ask for it.
 */
export function* missingReadinessGates({ deployment, settings, index }: Checked): Iterable<Refusal> {
  const { namespace } = deployment.metadata;
  const gated = settings.services.find(({ exposure }) => exposure.profile.readinessGate);
  if (!gated || namespace === undefined) {
    return;
  }
  for (const { metadata } of index.find('core/Namespace', undefined, namespace)) {
    if (metadata.getLabel(READINESS_GATE_LABEL) !== 'enabled') {
      yield new Refusal(
        `${gated.exposure.path}.readinessGate`,
        true,
        `the namespace '${namespace}' does not have the label ${READINESS_GATE_LABEL}: enabled, so no pod would get a gate, and old pods would go before the load balancer sends to new ones`,
        'Give the Namespace the label, or leave readinessGate out',
      );
    }
  }
}
