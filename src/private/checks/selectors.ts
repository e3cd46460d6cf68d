import { serviceSelector } from '../kubernetes/cdk8s-plus';
import { keyPath } from '../refusals/key-path';
import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

/**
 * A selector that was changed after the Deployment was created, or pods that lost its labels.
 */
export function* selectorChanges({ deployment, settings: { identity } }: Checked): Iterable<Refusal> {
  const asked = JSON.stringify(identity.selector);
  const selector = [deployment.matchLabels, ...deployment.matchExpressions].map((part) =>
    JSON.stringify(part),
  );
  if (selector.join() !== asked) {
    yield new Refusal(
      'selectorLabels',
      asked,
      `deployment.select() made it ${selector.join(' and ')}, which the Service and the PodDisruptionBudget do not follow`,
      'Write the labels as selectorLabels',
    );
  }
  for (const [key, value] of Object.entries(identity.selector)) {
    const label = deployment.podMetadata.getLabel(key);
    if (label !== value) {
      yield new Refusal(
        keyPath('selectorLabels', key),
        JSON.stringify(value),
        `deployment.podMetadata has ${JSON.stringify(label)}, so the selector would not find the pods`,
        'Do not change labels of the selector',
      );
    }
  }
}

/**
 * Labels that the Service selects by and the pods do not have.
 */
export function* missingPodLabels({
  deployment,
  services,
  settings: { identity },
}: Checked): Iterable<Refusal> {
  for (const [key, value] of services.flatMap((service) => Object.entries(serviceSelector(service)))) {
    if (identity.selector[key] !== value && deployment.podMetadata.getLabel(key) !== value) {
      yield new Refusal(
        keyPath('service selector', key),
        JSON.stringify(value),
        'the pods do not have this label, so the Service would find none',
        'Write it in labels of pod too',
      );
    }
  }
}
