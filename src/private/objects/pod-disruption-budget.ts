import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { IntOrString, KubePodDisruptionBudget } from '../../../imports/k8s';
import type { Settings } from '../settings/settings';
import { addTypedFields } from '../kubernetes/typed-fields';

/**
 * The PodDisruptionBudget: drains take one pod after the other, and a pod that is not healthy anyway does
 * not hold them up.
 */
export function createPodDisruptionBudget(scope: Construct, { identity, rollout }: Settings): ApiObject {
  const { disruptionBudget } = rollout;
  const object = new KubePodDisruptionBudget(scope, 'PodDisruptionBudget', {
    metadata: { name: identity.name, labels: identity.labels, annotations: identity.annotations },
    spec: {
      maxUnavailable:
        typeof disruptionBudget === 'number'
          ? IntOrString.fromNumber(disruptionBudget)
          : IntOrString.fromString(disruptionBudget),
      selector: { matchLabels: identity.selector },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  });
  addTypedFields(object);
  return object;
}
