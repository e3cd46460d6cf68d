import { largest } from '../model/values/largest.js';
import type { Container, Pod } from '../model/workloads/pod.js';
import { isFields, type Fields } from '../read/fields.js';
import type { Span } from './span.js';
import { wholeNumber } from './whole.js';

/** How long a pod takes to start, in ms. No manifest says this. */
export interface Start {
  /** From a pod's creation to the start of its containers: scheduling, image, network, init containers, sidecars. */
  readonly podStartMs: number;
  /** From the start of the application's container until it answers. Sidecars are taken to answer at once. */
  readonly startupMs: number;
}

/** How often a kubelet looks at its containers (genericPlegRelistPeriod). */
export const RELIST_MS = 1000;

/** Moments between two looks of the kubelet at its containers. The expected time is the mean over them. */
const PHASES = Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20);

/**
 * How long it takes from the creation of a pod until it is ready. The kubelet (1.34, pkg/kubelet/prober) runs
 *
 * - a start-up probe every period from when it gets to know the pod,
 * - a readiness probe as soon as the start-up probe has succeeded, and every period after that,
 * - a readiness probe without a start-up probe when it sees the container run, for which it looks every second, again at its
 *   next look, as the first result makes it sync the pod once more, and every period after that.
 *
 * A probe does not run before its initialDelaySeconds, counted from the container's start, so that the delay lasts until the
 * next time at which it would run. In the worst case, the container answers just after a probe has failed.
 */
export function readyAfter({ containers }: Pod, start: Start): Span {
  const ready = (phase: number) =>
    largest([
      phase * RELIST_MS + start.podStartMs,
      ...containers.map((one) => containerReady(one, start, phase)),
    ]);
  const sum = PHASES.reduce((total, phase) => total + ready(phase), 0);
  return {
    expectedMs: Math.round(sum / PHASES.length),
    mostMs: largest([
      start.podStartMs + RELIST_MS,
      ...containers.map((container) => containerReadyAtMost(container, start)),
    ]),
  };
}

function containerReady(container: Container, { podStartMs, startupMs }: Start, phase: number): number {
  const { startup, readiness } = probesOf(container.spec);
  const answersMs = podStartMs + (container.isSidecar ? 0 : startupMs);
  const seenMs = podStartMs + phase * RELIST_MS;
  if (startup === undefined) {
    if (readiness === undefined) {
      return seenMs;
    }
    const notBeforeMs = Math.max(answersMs, podStartMs + readiness.delayMs);
    const first = notBeforeMs <= seenMs ? seenMs : nextProbe(seenMs + RELIST_MS, readiness, notBeforeMs);
    return first + readiness.moreMs;
  }
  // When the containers start is known only to half of the time between two looks.
  const knownMs = (phase - 0.5) * RELIST_MS;
  const startedMs = nextProbe(knownMs, startup, Math.max(answersMs, seenMs, podStartMs + startup.delayMs));
  if (readiness === undefined) {
    return startedMs;
  }
  return nextProbe(startedMs, readiness, podStartMs + readiness.delayMs) + readiness.moreMs;
}

function containerReadyAtMost(container: Container, { podStartMs, startupMs }: Start): number {
  const { startup, readiness } = probesOf(container.spec);
  const answersMs = podStartMs + (container.isSidecar ? 0 : startupMs);
  const seenMs = podStartMs + RELIST_MS;
  if (startup === undefined) {
    if (readiness === undefined) {
      return seenMs;
    }
    const { delayMs, periodMs, moreMs } = readiness;
    return Math.max(answersMs, seenMs, podStartMs + delayMs) + periodMs + moreMs;
  }
  const startedMs = Math.max(answersMs, seenMs, podStartMs + startup.delayMs) + startup.periodMs;
  if (readiness === undefined) {
    return startedMs;
  }
  const delayedMs = readiness.delayMs === 0 ? 0 : podStartMs + readiness.delayMs + readiness.periodMs;
  return Math.max(startedMs, delayedMs) + readiness.moreMs;
}

interface ProbeTimes {
  readonly delayMs: number;
  readonly periodMs: number;
  /** For the successes after the first one that it asks for. */
  readonly moreMs: number;
}

function probesOf({ startupProbe, readinessProbe }: Fields) {
  return { startup: timesOf(startupProbe), readiness: timesOf(readinessProbe) };
}

function timesOf(probe: unknown): ProbeTimes | undefined {
  if (!isFields(probe)) {
    return undefined;
  }
  const periodMs = wholeNumber(probe.periodSeconds, 1, 10) * 1000;
  return {
    delayMs: wholeNumber(probe.initialDelaySeconds, 0, 0) * 1000,
    periodMs,
    moreMs: (wholeNumber(probe.successThreshold, 1, 1) - 1) * periodMs,
  };
}

/** The first moment to ask, of those every period from a first one on, that is not too early. */
function nextProbe(firstMs: number, { periodMs }: ProbeTimes, notBeforeMs: number): number {
  return firstMs + Math.ceil(Math.max(0, notBeforeMs - firstMs) / periodMs) * periodMs;
}

/** The start-up time that a manifest suggests, in ms: the delay of its first probe and one period. */
export function assumedStartup({ containers }: Pod): number {
  return largest([
    0,
    ...containers
      .filter((container) => !container.isSidecar)
      .map(({ spec }) => {
        const { startup, readiness } = probesOf(spec);
        const probe = readiness ?? startup;
        return probe === undefined ? 0 : probe.delayMs + probe.periodMs;
      }),
  ]);
}
