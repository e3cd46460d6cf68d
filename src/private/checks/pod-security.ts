import { ApiObject } from 'cdk8s';
import { Refusal } from '../refusals/refusal';
import { rendered } from './app/rendered';
import type { Checked } from './checked';
import type { PodSecurityLevel } from './pod-security-levels';
import { violationsOf } from './pod-security-levels';

/** Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const ENFORCE_LABEL = 'pod-security.kubernetes.io/enforce';

/**
 * Pods that the Namespace does not admit: no new pod would ever start.
 */
export function* notAdmitted({ deployment, index }: Checked): Iterable<Refusal> {
  const { namespace } = deployment.metadata;
  if (namespace === undefined) {
    return;
  }
  for (const { metadata } of index.find('core/Namespace', undefined, namespace)) {
    const level = metadata.getLabel(ENFORCE_LABEL);
    if (level !== 'baseline' && level !== 'restricted') {
      continue;
    }
    const violations = violationsOf(level, rendered(ApiObject.of(deployment)).spec.template.spec);
    if (violations.length > 0) {
      yield refusal(namespace, level, violations);
    }
  }
}

function refusal(namespace: string, level: PodSecurityLevel, violations: string[]): Refusal {
  return new Refusal(
    'security',
    violations.join(', '),
    `the namespace '${namespace}' enforces the Pod Security Standard ${level}, so none of the pods would start`,
    level === 'restricted'
      ? 'Write PodSecurity.restricted(), and take away from volumes, ports and other containers what is named, or change the label of the Namespace'
      : 'Take away what is named, or change the label of the Namespace',
  );
}
