import { Duration } from 'cdk8s';
import { Lifecycle } from '../../imports/k8s';
import { Drain } from '../drain';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { wholeSeconds } from './numbers';
import { Refusal } from './refusal';

/** How a pod goes. */
export interface Termination {
  readonly drainSeconds: number;
  readonly lifecycle: Lifecycle;
  readonly terminationGracePeriod: Duration;
}

/** Source: docs/adr/0003-drain.md. */
const DRAIN = Drain.sleep(Duration.seconds(15));
/** Source: Kubernetes' default grace period, here all of it for the application. */
const SHUTDOWN_BUDGET = Duration.seconds(30);

/**
 * The drain, and a grace period that leaves the application its whole shutdown budget after it.
 */
export function resolveTermination(props: ZeroDowntimeDeploymentProps): Termination {
  const drain = props.drain ?? DRAIN;
  if (drain._duration.toSeconds({ integral: false }) === 0) {
    throw new Refusal(
      'drain',
      '0 s',
      'the application would stop before every node knows of it, and refuse the connections that still arrive',
      'Write Drain.sleep(Duration.seconds(15)) or leave the prop out',
    );
  }
  const drainSeconds = wholeSeconds('drain', drain._duration);
  const shutdownSeconds = wholeSeconds('shutdownBudget', props.shutdownBudget ?? SHUTDOWN_BUDGET);
  const neededSeconds = drainSeconds + shutdownSeconds;
  const graceSeconds = props.terminationGracePeriod
    ? wholeSeconds('terminationGracePeriod', props.terminationGracePeriod)
    : neededSeconds;

  if (graceSeconds < neededSeconds) {
    throw new Refusal(
      'terminationGracePeriod',
      `${graceSeconds} s`,
      `the drain takes ${drainSeconds} s of it and the application gets ${shutdownSeconds} s to finish its requests, so the kubelet would kill it with requests in flight`,
      `Write Duration.seconds(${neededSeconds}) or more, or leave the prop out and set shutdownBudget`,
    );
  }
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
