/** A number, or a percentage of a whole such as "25%"; none if it is neither. */
export function share(value: unknown, whole: number, round: 'up' | 'down'): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    return value;
  }
  const [, percent] = typeof value === 'string' ? (/^(\d+)%$/.exec(value) ?? []) : [];
  if (percent === undefined) {
    return undefined;
  }
  const exact = (whole * Number(percent)) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/** Whether a number or percentage of pods is written as none: 0 or 0%. */
export function isZero(value: unknown): boolean {
  return share(value, 100, 'up') === 0;
}

/** How many pods a rollout may add and miss. */
export interface RolloutBounds {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * What the deployment controller makes of maxSurge and maxUnavailable: surge is rounded up, unavailable down and to no
 * more than all pods; if both are 0, one pod may be missing, so that the rollout goes on.
 */
export function rolloutBounds(replicas: number, maxSurge: unknown, maxUnavailable: unknown): RolloutBounds {
  const surge = share(maxSurge ?? '25%', replicas, 'up') ?? 0;
  const unavailable = share(maxUnavailable ?? '25%', replicas, 'down') ?? 0;
  if (surge === 0 && unavailable === 0) {
    return { surge, unavailable: 1 };
  }
  return { surge, unavailable: Math.min(unavailable, replicas) };
}
