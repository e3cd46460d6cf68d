import { Duration } from 'cdk8s';
import { Lifecycle } from '../../imports/k8s';
import { Drain } from '../drain';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { ServiceExposure } from './exposure/exposure';
import { explain, total } from './exposure/timing';
import { secondsOf, wholeSeconds } from './numbers';
import { Refusal } from './refusal';

/** How a pod goes. */
export interface Termination {
  readonly drainSeconds: number;
  readonly lifecycle: Lifecycle;
  readonly terminationGracePeriod: Duration;
}

/** Source: Kubernetes' default grace period, here all of it for the application. */
const SHUTDOWN_BUDGET = Duration.seconds(30);

/**
 * The drain, as long as the way to the pods asks for, and a grace period that leaves the application its whole
 * shutdown budget after it.
 */
export function resolveTermination(
  props: ZeroDowntimeDeploymentProps,
  exposure: ServiceExposure,
): Termination {
  const drain = props.drain ?? Drain.sleep(Duration.seconds(total(exposure.timing.drain)));
  if (secondsOf('drain', drain._duration) === 0) {
    throw new Refusal(
      'drain',
      '0 s',
      'the application would stop before every node knows of it, and refuse the connections that still arrive',
      'Write Drain.sleep(Duration.seconds(15)) or leave the prop out',
    );
  }
  const drainSeconds = wholeSeconds('drain', drain._duration);
  checkDrain(drainSeconds, props, exposure);
  const shutdownSeconds = wholeSeconds('shutdownBudget', props.shutdownBudget ?? SHUTDOWN_BUDGET);
  const neededSeconds = drainSeconds + shutdownSeconds;
  const graceSeconds = props.terminationGracePeriod
    ? wholeSeconds('terminationGracePeriod', props.terminationGracePeriod)
    : Math.max(neededSeconds, total(exposure.timing.gracePeriod));

  if (graceSeconds < neededSeconds) {
    throw new Refusal(
      'terminationGracePeriod',
      `${graceSeconds} s`,
      `the drain takes ${drainSeconds} s of it and the application gets ${shutdownSeconds} s to finish its requests, so the kubelet would kill it with requests in flight`,
      `Write Duration.seconds(${neededSeconds}) or more, or leave the prop out and set shutdownBudget`,
    );
  }
  checkKeptConnections(graceSeconds, props, exposure);
  return {
    drainSeconds,
    lifecycle: {
      preStop: drain._exec
        ? { exec: { command: ['sleep', String(drainSeconds)] } }
        : { sleep: { seconds: drainSeconds } },
    },
    terminationGracePeriod: Duration.seconds(graceSeconds),
  };
}

/** Refuses a drain that ends while the way to the pods still sends to them. */
function checkDrain(
  seconds: number,
  { acceptDowntimeOnRollout }: ZeroDowntimeDeploymentProps,
  { profile, timing }: ServiceExposure,
): void {
  const required = total(timing.drain);
  // Without a profile, or with one that follows the pods as fast as nodes do, the default is only a default.
  if (profile && profile.removal.length > 0 && seconds < required && !acceptDowntimeOnRollout) {
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
  { acceptDowntimeOnRollout }: ZeroDowntimeDeploymentProps,
  { profile, timing }: ServiceExposure,
): void {
  const required = total(timing.gracePeriod);
  if (profile && seconds < required && !acceptDowntimeOnRollout) {
    throw new Refusal(
      'terminationGracePeriod',
      `${seconds} s`,
      `${profile.name} keeps connections to a pod that goes for up to ${required} s (${explain(timing.gracePeriod)})`,
      `Write Duration.seconds(${required}) or more, or leave the prop out, or give the exposure a shorter deregistrationDelay`,
    );
  }
}
