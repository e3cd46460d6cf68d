import { shorten } from '../../shared/untrusted-text.js';
import { isZero, rolloutBounds, share, type RolloutBounds } from '../model/workloads/rounding.js';
import { rollingOf, type Workload } from '../model/workloads/workload.js';
import { at, isFields } from '../read/fields.js';

/** How a Deployment replaces its pods. */
export interface Strategy {
  readonly type: 'RollingUpdate' | 'Recreate';
  /** How many pods a rolling update may add and miss. A Recreate adds none and misses all. */
  readonly bounds: RolloutBounds;
}

/** Whether the rollouts of a workload are planned: it is a Deployment, or a Rollout of Argo. */
export function isPlanned({ object }: Workload): boolean {
  return ['Deployment', 'Rollout'].includes(object.kind);
}

/** Reads the strategy of a workload with so many pods; a text says why it is not planned, or why the API server refuses it. */
export function readStrategy(workload: Workload, replicas: number): Strategy | string {
  const { object, spec } = workload;
  const canary = at(spec, 'strategy', 'canary');
  if (
    object.kind === 'Rollout' &&
    (!isFields(canary) || STEERED.some((field) => at(canary, field) !== undefined))
  ) {
    return 'its strategy is not planned: only a canary without steps and trafficRouting is replaced as a Deployment is';
  }
  const type =
    object.kind === 'Rollout' ? 'RollingUpdate' : (at(spec, 'strategy', 'type') ?? 'RollingUpdate');
  if (type === 'Recreate') {
    return { type, bounds: { surge: 0, unavailable: replicas } };
  }
  if (type !== 'RollingUpdate') {
    return `strategy.type is ${show(type)}, write RollingUpdate or Recreate`;
  }
  const { maxSurge, maxUnavailable } = rollingOf(workload) ?? {};
  for (const [name, value] of Object.entries({ maxSurge, maxUnavailable })) {
    if (value !== undefined && share(value, 1, 'up') === undefined) {
      return `${name} is ${show(value)}, write a whole number such as 1 or a percentage such as 25%`;
    }
  }
  if (typeof maxUnavailable === 'string' && parseInt(maxUnavailable) > 100) {
    return `maxUnavailable is ${show(maxUnavailable)}, write 100% at most`;
  }
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    return 'cannot go on: maxSurge and maxUnavailable are both 0, write 1 for one of them';
  }
  return { type, bounds: rolloutBounds(replicas, maxSurge, maxUnavailable) };
}

/** What makes a canary of Argo go on when its steps or a router say so. */
const STEERED = ['steps', 'trafficRouting'];

function show(value: unknown): string {
  return shorten(JSON.stringify(value), 100);
}
