import { ApiObject } from 'cdk8s';
import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

const FIX = 'Give one of the two other labels, for example the default ones, which follow from its name';

/**
 * Pods that another object of the app selects or resembles: both would send to them, count them or replace them.
 */
export function* sharedPods({ deployment, settings: { identity }, index }: Checked): Iterable<Refusal> {
  const own = ApiObject.of(deployment);
  const reported = new Set([own, ...index.namesakes(own)]);
  const value = JSON.stringify(identity.selector);
  for (const { object } of index.podsWith(own, identity.selector)) {
    if (!reported.has(object)) {
      reported.add(object);
      yield new Refusal(
        'selectorLabels',
        value,
        `the pods of ${object.node.path} have these labels too, so the Service sends to them and the PodDisruptionBudget counts them`,
        FIX,
      );
    }
  }
  const { labels = {} } = deployment.podMetadata.toJson() ?? {};
  for (const { object } of index.selecting(own, labels)) {
    if (!reported.has(object)) {
      reported.add(object);
      yield new Refusal(
        'selectorLabels',
        value,
        `${object.node.path} selects these pods too: ${consequence(object.kind)}`,
        FIX,
      );
    }
  }
}

function consequence(kind: string): string {
  return kind === 'PodDisruptionBudget'
    ? 'the API server evicts no pod that two PodDisruptionBudgets select, so a node drain hangs for ever'
    : `its ${kind} would take them for its own`;
}
