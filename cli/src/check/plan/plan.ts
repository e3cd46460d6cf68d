import { shorten } from '../../shared/untrusted-text.js';
import { fullQuotas } from '../model/admission/full-quota.js';
import { budget } from '../model/workloads/probe.js';
import type { State } from '../model/state.js';
import type { Workload } from '../model/workloads/workload.js';
import { fields, isFields } from '../read/fields.js';
import { MAX_NAME_LENGTH, nameOf, type ObjectName } from '../read/object.js';
import {
  completeAfter,
  countPods,
  goneAfter,
  leastReady,
  longestWait,
  mostPods,
  mostWithTerminating,
  wavesOf,
  type PodCounts,
  type Wave,
} from './counts.js';
import { drainOf, NOTICED_MS, type Drain } from './drain.js';
import { assumedStartup, readyAfter, type Start } from './readiness.js';
import { recreate, rollingUpdate, type Cohort } from './rollout.js';
import type { Span } from './span.js';
import { isPlanned, readStrategy, type Strategy } from './strategy.js';
import { wholeNumber } from './whole.js';

/** What happens to the pods of a Deployment at its next rollout, in which every pod is replaced. */
export interface Plan {
  readonly object: ObjectName;
  readonly file: string;
  readonly line: number;
  /** Of its replicas, or the fewest of its autoscaler. */
  readonly pods: number;
  /** Whether an autoscaler says how many pods there are. */
  readonly autoscaled: boolean;
  /** Why there is no rollout; then there is no `rollout` either. */
  readonly cannot?: string;
  readonly rollout?: PlannedRollout;
  /** What else is worth knowing about the rollout. */
  readonly warnings: readonly string[];
}

/** The rollout itself. Times are in ms, moments from the change on. */
export interface PlannedRollout {
  readonly strategy: Strategy['type'];
  /** How many pods it may add and miss, rounded. */
  readonly surge: number;
  readonly unavailable: number;
  readonly start: Start;
  /** Whether the start-up time is assumed from the manifest, not given. */
  readonly startupAssumed: boolean;
  /** From the creation of a pod until it is ready. */
  readonly ready: Span;
  /** From ready until the rollout goes on. */
  readonly available: Span;
  readonly drain: Drain;
  readonly waves: readonly Wave[];
  readonly leastReady: number;
  readonly mostPods: number;
  /** With those that terminate: if they exit at SIGTERM, and if they take their whole grace period. */
  readonly mostWithTerminating: { readonly least: number; readonly most: number };
  /** Until all new pods are available and no old one is left but terminating ones. */
  readonly complete: Span;
  /** Until the last old pod is gone. */
  readonly gone: Span;
  /** The longest time without progress; none is longer than progressDeadlineSeconds in a rollout that succeeds. */
  readonly longestWait: Span;
  readonly progressDeadlineMs: number;
  /** The pods over the expected time. */
  readonly timeline: readonly PodCounts[];
  /** The pods over the expected time, in groups that change state together. */
  readonly cohorts: readonly Cohort[];
}

/** The known start-up times. */
export interface Timing {
  readonly podStartMs: number;
  startupOf(workload: Workload): number | undefined;
}

/** The most pods that are planned, of one Deployment and of all together. */
const MAX_PODS = 10_000;
const MANY_PODS = `this rollout and those before it have more than ${MAX_PODS} pods; this one and those after it are not planned`;

/** Plans the next rollout of every Deployment and Rollout, as long as they do not have too many pods. */
export function planRollouts(state: State, timing: Timing): Plan[] {
  const plans: Plan[] = [];
  const fullOf = fullQuotas(state);
  let pods = 0;
  for (const workload of state.workloads.filter(isPlanned)) {
    const planned = plan(workload, state, timing, fullOf(workload));
    pods += planned.rollout === undefined ? 1 : planned.pods;
    if (pods > MAX_PODS) {
      return [...plans, { ...planned, cannot: MANY_PODS, rollout: undefined, warnings: [] }];
    }
    plans.push(planned);
  }
  return plans;
}

function plan(workload: Workload, state: State, timing: Timing, full: readonly string[]): Plan {
  const { file, line } = workload.object;
  const pods = state.fewestPods(workload);
  const autoscaled = state.autoscalerOf(workload) !== undefined;
  const about = { object: nameOf(workload.object), file, line, pods, autoscaled };
  const said = timing.startupOf(workload);
  const start = { podStartMs: timing.podStartMs, startupMs: said ?? assumedStartup(workload.pod) };
  const never = full.length > 0 ? `cannot go on: ${full[0]}` : whyNever(workload, start.startupMs);
  const cannot = whyNot(workload, pods) ?? never;
  const strategy = readStrategy(workload, pods);
  if (cannot !== undefined || typeof strategy === 'string') {
    return { ...about, cannot: cannot ?? (strategy as string), warnings: [] };
  }
  const rollout = { ...roll(workload, pods, strategy, start), startupAssumed: said === undefined };
  return { ...about, rollout, warnings: warningsOf(workload, rollout) };
}

function roll(workload: Workload, pods: number, strategy: Strategy, start: Start) {
  const ready = readyAfter(workload.pod, start);
  const available = availableAfter(wholeNumber(workload.spec.minReadySeconds, 0, 0));
  const drain = drainOf(workload.pod);
  const run = (which: keyof Span, drainMs: number) => {
    const times = {
      readyMs: ready[which],
      availableMs: available[which],
      goneMs: drainMs + NOTICED_MS[which],
    };
    return strategy.type === 'Recreate' ? recreate(pods, times) : rollingUpdate(pods, strategy.bounds, times);
  };
  const cohorts = run('expectedMs', drain.leastMs);
  const drained = run('expectedMs', drain.mostMs);
  const latest = run('mostMs', drain.mostMs);
  const timeline = countPods(cohorts);
  const span = (of: (cohorts: readonly Cohort[]) => number) => ({
    expectedMs: of(cohorts),
    mostMs: of(latest),
  });
  return {
    strategy: strategy.type,
    ...strategy.bounds,
    start,
    ready,
    available,
    drain,
    waves: wavesOf(cohorts),
    leastReady: leastReady(timeline),
    mostPods: mostPods(timeline),
    mostWithTerminating: {
      least: mostWithTerminating(timeline),
      most: mostWithTerminating(countPods(drained)),
    },
    complete: span(completeAfter),
    gone: span(goneAfter),
    longestWait: span(longestWait),
    progressDeadlineMs: wholeNumber(workload.spec.progressDeadlineSeconds, 1, 600) * 1000,
    timeline,
    cohorts,
  };
}

/**
 * minReadySeconds count from the time in the pod's Ready condition, which is cut to whole seconds: on average half a second
 * before the pod became ready.
 */
function availableAfter(minReadySeconds: number): Span {
  return {
    expectedMs: Math.max(0, minReadySeconds * 1000 - 500),
    mostMs: minReadySeconds * 1000,
  };
}

function whyNot({ spec }: Workload, pods: number): string | undefined {
  if (spec.paused === true) {
    return 'paused: nothing is rolled out until spec.paused is false';
  }
  if (pods === 0) {
    return 'no pods: there is nothing to replace';
  }
  if (!Number.isInteger(pods) || pods < 0) {
    return `${pods} pods: write a whole number from 0`;
  }
  if (pods > MAX_PODS) {
    return `${pods} pods: more than ${MAX_PODS} are not planned`;
  }
  return undefined;
}

/** Why no new pod ever becomes ready. */
function whyNever({ pod }: Workload, startupMs: number): string | undefined {
  for (const { name, spec } of pod.containers.filter(({ isSidecar }) => !isSidecar)) {
    if (!isFields(spec.startupProbe)) {
      continue;
    }
    const allowed = budget(spec.startupProbe);
    if (startupMs > allowed * 1000) {
      return `cannot go on: the start-up probe of container ${shorten(name, MAX_NAME_LENGTH)} restarts it after ${allowed} s, before it answers`;
    }
  }
  return undefined;
}

function warningsOf({ pod }: Workload, rollout: Omit<PlannedRollout, 'startupAssumed'>): string[] {
  const { start, longestWait: wait, progressDeadlineMs } = rollout;
  const warnings: string[] = [];
  if (pod.containers.every(({ spec }) => !isFields(spec.readinessProbe) && !isFields(spec.startupProbe))) {
    warnings.push('no readiness probe: a pod counts as ready when its container runs, before it answers');
  }
  for (const { name, spec } of pod.containers.filter(({ isSidecar }) => !isSidecar)) {
    if (!isFields(spec.livenessProbe) || isFields(spec.startupProbe)) {
      continue;
    }
    const allowed = budget(fields(spec.livenessProbe));
    if (start.startupMs > allowed * 1000) {
      warnings.push(
        `the liveness probe of container ${shorten(name, MAX_NAME_LENGTH)} restarts it after ${allowed} s unless it answers by then`,
      );
    }
  }
  if (wait.mostMs > progressDeadlineMs) {
    warnings.push(
      `without progress for up to ${wait.mostMs / 1000} s, but Kubernetes calls it failed after ${progressDeadlineMs / 1000} s`,
    );
  }
  return warnings;
}
