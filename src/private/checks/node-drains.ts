import { Refusal } from '../refusals/refusal';
import type { Checked } from './checked';

/**
 * Node drains that may take all pods at once.
 */
export function* drainsThatTakeAll({ deployment, settings, index }: Checked): Iterable<Refusal> {
  if (settings.accepted.acceptDowntimeOnDrain) {
    return;
  }
  const autoscalers = index.autoscalersOf(deployment);
  const tooFew = autoscalers.find(({ minReplicas }) => minReplicas < 2);
  if (tooFew) {
    yield new Refusal(
      `${tooFew.object.kind} ${tooFew.minField}`,
      tooFew.minReplicas,
      'when a node is drained, its only pod goes before another one serves',
      `Write ${tooFew.minField}: 2 or more, or acceptDowntimeOnDrain: true`,
    );
    return;
  }
  const fewest =
    autoscalers.length > 0
      ? Math.min(...autoscalers.map(({ minReplicas }) => minReplicas))
      : (settings.rollout.replicas ?? 2);
  const { disruptionBudget } = settings.rollout;
  if (podsOf(disruptionBudget, fewest) >= fewest) {
    yield new Refusal(
      'podDisruptionBudget.maxUnavailable',
      disruptionBudget,
      `node drains may take all ${fewest} pods at once`,
      `Write PercentOrAbsolute.absolute(${fewest - 1}) or less, or acceptDowntimeOnDrain: true`,
    );
  }
}

/** Whole pods; a percentage is rounded up, as the disruption controller does. */
function podsOf(budget: number | string, replicas: number): number {
  return typeof budget === 'number' ? budget : Math.ceil((parseInt(budget) * replicas) / 100);
}
