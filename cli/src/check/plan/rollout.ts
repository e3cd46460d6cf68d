import type { RolloutBounds } from '../model/workloads/rounding.js';

/** What a pod takes from one state to the next, in ms. */
export interface PodTimes {
  /** From its creation to ready. */
  readonly readyMs: number;
  /** From ready to available, which is what the deployment controller waits for. */
  readonly availableMs: number;
  /** From its deletion until it is gone. */
  readonly goneMs: number;
}

/** Old pods that are deleted together. Times are in ms from the change. */
export interface OldPods {
  readonly version: 'old';
  readonly pods: number;
  readonly deletedMs: number;
  readonly goneMs: number;
}

/** New pods that are created together. Times are in ms from the change. */
export interface NewPods {
  readonly version: 'new';
  readonly pods: number;
  readonly createdMs: number;
  readonly readyMs: number;
  readonly availableMs: number;
}

/** Pods that change state together. */
export type Cohort = OldPods | NewPods;

/**
 * A rolling update of pods that are all available, as the deployment controller makes it (Kubernetes 1.34,
 * pkg/controller/deployment/rolling.go): each time that a pod becomes available it fills the new ReplicaSet up to
 * replicas + surge, and takes from the old one what is above replicas - unavailable. Pods that terminate count for neither.
 */
export function rollingUpdate(
  replicas: number,
  { surge, unavailable }: RolloutBounds,
  times: PodTimes,
): Cohort[] {
  const cohorts: Cohort[] = [];
  const pending: NewPods[] = [];
  let atMs = 0;
  let oldPods = replicas;
  let newPods = 0;
  let available = 0;
  for (;;) {
    let created = 0;
    let deleted = 0;
    for (;;) {
      const more = Math.min(replicas + surge - oldPods - newPods, replicas - newPods);
      if (more > 0) {
        newPods += more;
        created += more;
        continue;
      }
      const less = Math.min(oldPods, oldPods + available - (replicas - unavailable));
      if (less <= 0) {
        break;
      }
      oldPods -= less;
      deleted += less;
    }
    if (deleted > 0) {
      cohorts.push(leave(deleted, atMs, times));
    }
    if (created > 0) {
      const cohort = start(created, atMs, times);
      cohorts.push(cohort);
      pending.push(cohort);
    }
    const next = pending.shift();
    if (next === undefined) {
      return cohorts;
    }
    atMs = next.availableMs;
    available += next.pods;
  }
}

/** A rollout that ends all old pods, waits until they are gone, and creates the new ones (recreate.go). */
export function recreate(replicas: number, times: PodTimes): Cohort[] {
  return [leave(replicas, 0, times), start(replicas, times.goneMs, times)];
}

function leave(pods: number, deletedMs: number, { goneMs }: PodTimes): OldPods {
  return { version: 'old', pods, deletedMs, goneMs: deletedMs + goneMs };
}

function start(pods: number, createdMs: number, { readyMs, availableMs }: PodTimes): NewPods {
  const ready = createdMs + readyMs;
  return { version: 'new', pods, createdMs, readyMs: ready, availableMs: ready + availableMs };
}
