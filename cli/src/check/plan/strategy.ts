import { shorten } from '../../shared/untrusted-text.js';
import { isZero, rolloutBounds, share, type RolloutBounds } from '../model/rounding.js';
import type { Workload } from '../model/workload.js';
import { at, fields } from '../read/fields.js';

/** How a Deployment replaces its pods. */
export interface Strategy {
  readonly type: 'RollingUpdate' | 'Recreate';
  /** How many pods a rolling update may add and miss. A Recreate adds none and misses all. */
  readonly bounds: RolloutBounds;
}

/** Reads the strategy of a Deployment with so many pods; a text says why the API server refuses it. */
export function readStrategy({ spec }: Workload, replicas: number): Strategy | string {
  const type = at(spec, 'strategy', 'type') ?? 'RollingUpdate';
  if (type === 'Recreate') {
    return { type, bounds: { surge: 0, unavailable: replicas } };
  }
  if (type !== 'RollingUpdate') {
    return `strategy.type is ${show(type)}, write RollingUpdate or Recreate`;
  }
  const { maxSurge, maxUnavailable } = fields(at(spec, 'strategy', 'rollingUpdate'));
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

function show(value: unknown): string {
  return shorten(JSON.stringify(value), 100);
}
