/** How fast a rollout was. */
export interface Speed {
  /** Seconds from apply to complete. */
  readonly seconds: number;
  /** Rounds that the rollout needs: pods / surge. */
  readonly waves: number;
  /** Seconds that a pod needs to start. */
  readonly startSeconds: number;
  /** For each new pod, seconds from its listening to its ready endpoint, ascending. */
  readonly delays: readonly number[];
}

/** What our rollouts must not exceed: a multiple of the limit, and the seconds until a pod is a ready endpoint. */
export const GOALS = { timesTheLimit: 1.15, delaySeconds: 1.5 };

/** The least seconds that a rollout with this number of waves can take. */
export function limitSeconds({ waves, startSeconds }: Speed): number {
  return waves * startSeconds;
}

/** How many times the limit a rollout took. */
export function timesTheLimit(speed: Speed): number {
  return speed.seconds / limitSeconds(speed);
}

/** Which goal a rollout misses, if any. */
export function missedGoal(speed: Speed): string | undefined {
  const ratio = timesTheLimit(speed);
  if (ratio > GOALS.timesTheLimit) {
    return `the rollout took ${ratio.toFixed(2)} times its limit, more than ${GOALS.timesTheLimit}`;
  }
  const slowest = speed.delays.at(-1) ?? 0;
  if (slowest > GOALS.delaySeconds) {
    return `an endpoint became ready ${slowest.toFixed(2)} s after its application listened, later than ${GOALS.delaySeconds} s`;
  }
  return undefined;
}

/** When the test application began to listen, by its own log, in milliseconds since 1970. */
export function listeningSince(log: string): number {
  const found = /^(\d{4})\/(\d\d)\/(\d\d) (\S+) version \S+ listens/m.exec(log);
  if (!found) {
    throw new Error(`the application does not say when it began to listen:\n${log.slice(-500)}`);
  }
  const [, year, month, day, time] = found;
  return Date.parse(`${year}-${month}-${day}T${time}Z`);
}
