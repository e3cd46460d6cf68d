import type { Cohort, NewPods, OldPods } from './rollout.js';

/** How many pods there are from a moment until the next one, in ms from the change. */
export interface PodCounts {
  readonly atMs: number;
  /** Old pods that serve. */
  readonly old: number;
  /** New pods that are not ready yet. */
  readonly starting: number;
  /** New pods that are ready. */
  readonly ready: number;
  /** Old pods that are deleted and not gone yet. */
  readonly terminating: number;
}

type Change = Partial<Omit<PodCounts, 'atMs'>>;

/** The pods from the moment of the change on. */
export function countPods(cohorts: readonly Cohort[]): PodCounts[] {
  const changes = cohorts
    .flatMap((cohort): { atMs: number; change: Change }[] => {
      const { pods } = cohort;
      if (cohort.version === 'old') {
        return [
          { atMs: -1, change: { old: pods } },
          { atMs: cohort.deletedMs, change: { old: -pods, terminating: pods } },
          { atMs: cohort.goneMs, change: { terminating: -pods } },
        ];
      }
      return [
        { atMs: cohort.createdMs, change: { starting: pods } },
        { atMs: cohort.readyMs, change: { starting: -pods, ready: pods } },
      ];
    })
    .sort((a, b) => a.atMs - b.atMs);
  const counts: PodCounts[] = [];
  let now: PodCounts = { atMs: 0, old: 0, starting: 0, ready: 0, terminating: 0 };
  for (const { atMs, change } of changes) {
    if (atMs > now.atMs) {
      counts.push(now);
    }
    now = {
      atMs: Math.max(0, atMs),
      old: now.old + (change.old ?? 0),
      starting: now.starting + (change.starting ?? 0),
      ready: now.ready + (change.ready ?? 0),
      terminating: now.terminating + (change.terminating ?? 0),
    };
  }
  return [...counts, now];
}

/** The fewest pods that are ready at any time. One that terminates gets no new requests. */
export function leastReady(counts: readonly PodCounts[]): number {
  return counts.reduce((least, { old, ready }) => Math.min(least, old + ready), Infinity);
}

/** The most pods at any time, without those that terminate. */
export function mostPods(counts: readonly PodCounts[]): number {
  return counts.reduce((most, { old, starting, ready }) => Math.max(most, old + starting + ready), 0);
}

/** The most pods at any time that take room on nodes, those that terminate included. */
export function mostWithTerminating(counts: readonly PodCounts[]): number {
  return counts.reduce(
    (most, { old, starting, ready, terminating }) => Math.max(most, old + starting + ready + terminating),
    0,
  );
}

/** New pods that are created because those of the wave before have become ready. */
export interface Wave {
  readonly pods: number;
  /** When the first of them is created, in ms from the change. */
  readonly atMs: number;
}

/** The waves of a rollout, also where the pods of a wave do not start at the same moment. */
export function wavesOf(cohorts: readonly Cohort[]): Wave[] {
  const pods = cohorts.filter(isNew).sort((a, b) => a.createdMs - b.createdMs);
  const byReady = [...pods].sort((a, b) => a.readyMs - b.readyMs);
  const waveOf = new Map<NewPods, number>();
  const waves: { pods: number; atMs: number }[] = [];
  let before = -1;
  let seen = 0;
  for (const cohort of pods) {
    for (; seen < byReady.length && byReady[seen].readyMs <= cohort.createdMs; seen++) {
      before = Math.max(before, waveOf.get(byReady[seen]) ?? -1);
    }
    const wave = before + 1;
    waveOf.set(cohort, wave);
    waves[wave] ??= { pods: 0, atMs: cohort.createdMs };
    waves[wave].pods += cohort.pods;
  }
  return waves;
}

/** When all new pods are available and all old ones deleted, as `kubectl rollout status` waits for, in ms. */
export function completeAfter(cohorts: readonly Cohort[]): number {
  return latest(cohorts, (cohort) => (cohort.version === 'new' ? cohort.availableMs : cohort.deletedMs));
}

/** When the last old pod is gone, in ms. */
export function goneAfter(cohorts: readonly Cohort[]): number {
  return latest(cohorts.filter(isOld), ({ goneMs }) => goneMs);
}

/**
 * The longest time in ms in which nothing happens that the deployment controller takes for progress: a new pod that is
 * created, ready or available, an old one that is deleted.
 */
export function longestWait(cohorts: readonly Cohort[]): number {
  const moments = cohorts
    .flatMap((cohort) =>
      cohort.version === 'new' ? [cohort.createdMs, cohort.readyMs, cohort.availableMs] : [cohort.deletedMs],
    )
    .sort((a, b) => a - b);
  return moments.reduce((longest, moment, i) => Math.max(longest, moment - (moments[i - 1] ?? 0)), 0);
}

function latest<T>(cohorts: readonly T[], moment: (cohort: T) => number): number {
  return cohorts.reduce((last, cohort) => Math.max(last, moment(cohort)), 0);
}

function isNew(cohort: Cohort): cohort is NewPods {
  return cohort.version === 'new';
}

function isOld(cohort: Cohort): cohort is OldPods {
  return cohort.version === 'old';
}
