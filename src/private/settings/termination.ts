import { Duration } from 'cdk8s';
import type { Lifecycle } from '../../../imports/k8s';
import type { AcceptedRisks } from '../../accepted-risks';
import { Drain } from '../../drain';
import type { PodTemplateProps } from '../../pod-template-props';
import type { TerminationProps } from '../../termination-props';
import { wholeSeconds } from '../kubernetes/numbers';
import { DRAIN, STOP } from '../kubernetes/times';
import type { Part } from '../refusals/refusal';
import { checkAll, part, Refusal } from '../refusals/refusal';
import type { ServiceExposure } from './exposure/exposure';
import { slowest } from './exposure/slowest';
import { explain, total } from './exposure/timing';

/** How a pod stops. */
export interface Termination {
  readonly drainSeconds: number;
  /** Longest time from the decision to stop the pod until the application has ended. */
  readonly applicationSeconds: number;
  readonly lifecycle: Lifecycle;
  readonly terminationGracePeriod: Duration;
}

/** Source: Kubernetes' default grace period, here all of it for the application. */
const SHUTDOWN_BUDGET = Duration.seconds(30);

/**
 * The drain, as long as the exposures need, and a grace period that leaves the application its whole shutdown
 * budget after the drain.
 */
export function resolveTermination(
  props: TerminationProps & PodTemplateProps & AcceptedRisks,
  exposures: Part<ServiceExposure[]>,
): Termination {
  const longest = part(() => slowest(exposures(), 'drain'));
  const keepsLongest = part(() => slowest(exposures(), 'gracePeriod'));
  const drain = part(() => props.drain ?? Drain.sleep(Duration.seconds(total(longest().timing.drain))));
  const drained = part(() => resolveDrain(drain(), props, longest));
  const shutDown = part(() => wholeSeconds('shutdownBudget', props.shutdownBudget ?? SHUTDOWN_BUDGET, STOP));
  const given = part(() => askedGracePeriod(props));
  checkAll(drained, shutDown, given);
  const drainSeconds = drained();
  const shutdownSeconds = shutDown();
  const neededSeconds = drainSeconds + shutdownSeconds;
  const graceSeconds = given() ?? Math.max(neededSeconds, total(keepsLongest().timing.gracePeriod));

  if (graceSeconds < neededSeconds) {
    throw new Refusal(
      'pod.terminationGracePeriod',
      `${graceSeconds} s`,
      `the drain takes ${drainSeconds} s of it and the application gets ${shutdownSeconds} s to finish its requests, so the kubelet would kill it with requests in flight`,
      `Write Duration.seconds(${neededSeconds}) or more, or leave the prop out and set shutdownBudget`,
    );
  }
  checkKeptConnections(graceSeconds, props, keepsLongest());
  return {
    drainSeconds,
    applicationSeconds: neededSeconds,
    lifecycle: {
      preStop: drain()._exec
        ? { exec: { command: ['sleep', String(drainSeconds)] } }
        : { sleep: { seconds: drainSeconds } },
    },
    terminationGracePeriod: Duration.seconds(graceSeconds),
  };
}

function resolveDrain(
  { _duration: duration }: Drain,
  props: AcceptedRisks,
  exposure: Part<ServiceExposure>,
): number {
  if (duration.toSeconds({ integral: false }) === 0) {
    throw new Refusal(
      'drain',
      '0 s',
      'the application would stop before every node knows of it, and refuse the connections that still arrive',
      'Write Drain.sleep(Duration.seconds(15)) or leave the prop out',
    );
  }
  const seconds = wholeSeconds('drain', duration, DRAIN);
  checkDrain(seconds, props, exposure());
  return seconds;
}

function askedGracePeriod({ pod }: PodTemplateProps): number | undefined {
  const duration = pod?.terminationGracePeriod;
  return duration && wholeSeconds('pod.terminationGracePeriod', duration, STOP);
}

/** Refuses a drain that ends while traffic still comes to the pod. */
function checkDrain(
  seconds: number,
  { acceptDowntimeOnRollout }: AcceptedRisks,
  { profile, timing }: ServiceExposure,
): void {
  const required = total(timing.drain);
  // If the exposure needs no more than the default, a shorter drain is allowed.
  if (profile.removal.length > 0 && seconds < required && !acceptDowntimeOnRollout) {
    throw new Refusal(
      'drain',
      `${seconds} s`,
      `behind ${profile.name} connections arrive for up to ${required} s (${explain(timing.drain)})`,
      `Write Drain.sleep(Duration.seconds(${required})) or more, or leave the prop out, or write acceptDowntimeOnRollout: true`,
    );
  }
}

/** Refuses a grace period that is over while the load balancer still keeps connections to the pod. */
function checkKeptConnections(
  seconds: number,
  { acceptDowntimeOnRollout }: AcceptedRisks,
  { profile, timing }: ServiceExposure,
): void {
  const required = total(timing.gracePeriod);
  if (seconds < required && !acceptDowntimeOnRollout) {
    throw new Refusal(
      'pod.terminationGracePeriod',
      `${seconds} s`,
      `${profile.name} keeps connections to a pod that goes for up to ${required} s (${explain(timing.gracePeriod)})`,
      `Write Duration.seconds(${required}) or more, or leave the prop out, or give the exposure a shorter deregistrationDelay`,
    );
  }
}
