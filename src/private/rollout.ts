import { Duration } from 'cdk8s';
import { DeploymentStrategy, PercentOrAbsolute } from 'cdk8s-plus-27';
import { ZeroDowntimeDeploymentProps } from '../zero-downtime-deployment-props';
import { ServiceExposure } from './exposure/exposure';
import { explain, total } from './exposure/timing';
import { MAX_INT32, podCount, wholeNumber, wholeSeconds } from './numbers';
import { Refusal } from './refusal';

/** How many pods there are and how new ones replace old ones. */
export interface Rollout {
  /** Undefined where the user gave none: cdk8s-plus-27 then writes 2, or nothing beside an autoscaler. */
  readonly replicas?: number;
  readonly strategy: DeploymentStrategy;
  readonly minReady: Duration;
  readonly progressDeadline: Duration;
  readonly revisionHistoryLimit?: number;
  /** Most pods that an eviction may take at once. */
  readonly disruptionBudget: number | string;
}

/** What `DeploymentStrategy` holds; cdk8s-plus-27 keeps it private. */
interface KubeStrategy {
  readonly type: string;
  readonly rollingUpdate?: {
    readonly maxSurge: PercentOrAbsolute;
    readonly maxUnavailable: PercentOrAbsolute;
  };
}

/** Source: what Kubernetes' own deadline of 600 s leaves beside our start-up budget of 300 s. */
const SCHEDULING_AND_PULL_SECONDS = 300;

/**
 * The rollout's settings. Capacity never dips, unless the user accepts that it does.
 */
export function resolveRollout(
  props: ZeroDowntimeDeploymentProps,
  readySeconds: number,
  exposure: ServiceExposure,
): Rollout {
  const strategy = resolveStrategy(props);
  const minReadySeconds = resolveMinReady(props, exposure);
  const gateSeconds = total(exposure.timing.readiness);
  return {
    replicas: resolveReplicas(props),
    strategy,
    minReady: Duration.seconds(minReadySeconds),
    progressDeadline: Duration.seconds(
      resolveProgressDeadline(props, readySeconds + minReadySeconds, gateSeconds),
    ),
    revisionHistoryLimit: resolveRevisionHistoryLimit(props),
    disruptionBudget: resolveDisruptionBudget(props),
  };
}

function resolveReplicas({
  replicas,
  acceptDowntimeOnDrain,
}: ZeroDowntimeDeploymentProps): number | undefined {
  return replicas === undefined ? undefined : replicaCount('replicas', replicas, acceptDowntimeOnDrain);
}

/**
 * Refuses a number of pods that does not survive a node drain.
 *
 * @returns the number
 */
export function replicaCount(prop: string, count: number, acceptDowntimeOnDrain = false): number {
  if (count === 1 && !acceptDowntimeOnDrain) {
    throw new Refusal(
      prop,
      1,
      'when a node is drained, its only pod goes before another one serves',
      'Write 2 or more, or acceptDowntimeOnDrain: true',
    );
  }
  return wholeNumber(prop, count, { min: acceptDowntimeOnDrain ? 1 : 2 });
}

/**
 * Most rounds in which a rollout replaces so many pods or fewer.
 */
export function mostWaves(strategy: DeploymentStrategy, pods: number): number {
  const { rollingUpdate } = toKube(strategy);
  if (!rollingUpdate) {
    return 1;
  }
  const { maxSurge, maxUnavailable } = rollingUpdate;
  return Math.ceil(Math.min(...[maxSurge, maxUnavailable].map((size) => wavesOf(size, pods))));
}

function wavesOf({ value }: PercentOrAbsolute, pods: number): number {
  return Math.max(1, (typeof value === 'number' ? pods : 100) / parseInt(value));
}

function resolveStrategy(props: ZeroDowntimeDeploymentProps): DeploymentStrategy {
  if (props.strategy && props.maxSurge) {
    throw new Refusal(
      'maxSurge',
      props.maxSurge.value,
      'strategy is given too, and both say how many pods surge',
      'Write only one of the two',
    );
  }
  const maxSurge = props.maxSurge ?? PercentOrAbsolute.percent(25);
  if (!props.strategy && isZero(maxSurge)) {
    throw new Refusal(
      'maxSurge',
      maxSurge.value,
      'with maxUnavailable 0 no new pod could ever start',
      'Write PercentOrAbsolute.absolute(1) or more',
    );
  }
  const strategy =
    props.strategy ??
    DeploymentStrategy.rollingUpdate({ maxSurge, maxUnavailable: PercentOrAbsolute.absolute(0) });
  checkStrategy(toKube(strategy), props.acceptDowntimeOnRollout ?? false);
  return strategy;
}

function checkStrategy({ type, rollingUpdate }: KubeStrategy, acceptDowntime: boolean): void {
  if (rollingUpdate) {
    podCount('maxSurge', rollingUpdate.maxSurge);
    podCount('maxUnavailable', rollingUpdate.maxUnavailable, 100);
  }
  if (acceptDowntime) {
    return;
  }
  if (!rollingUpdate) {
    throw new Refusal(
      'strategy',
      type,
      'it stops every old pod before the first new one starts',
      'Leave strategy out, or write acceptDowntimeOnRollout: true',
    );
  }
  if (!isZero(rollingUpdate.maxUnavailable)) {
    throw new Refusal(
      'strategy maxUnavailable',
      rollingUpdate.maxUnavailable.value,
      'old pods would go before new ones serve (DeploymentStrategy.rollingUpdate fills in 25% when maxUnavailable is left out)',
      'Write maxSurge instead of strategy, or maxUnavailable: PercentOrAbsolute.absolute(0), or acceptDowntimeOnRollout: true',
    );
  }
}

function resolveMinReady(
  { minReady, acceptDowntimeOnRollout }: ZeroDowntimeDeploymentProps,
  { profile, timing }: ServiceExposure,
): number {
  const required = total(timing.minReady);
  if (!minReady) {
    return required;
  }
  const seconds = wholeSeconds('minReady', minReady, { min: 0 });
  if (profile && seconds < required && !acceptDowntimeOnRollout) {
    throw new Refusal(
      'minReady',
      `${seconds} s`,
      `${profile.name} takes up to ${required} s until it sends to a new pod (${explain(timing.minReady)}), so old ones would go before`,
      `Write Duration.seconds(${required}) or more, or leave the prop out, or write acceptDowntimeOnRollout: true`,
    );
  }
  return seconds;
}

function resolveProgressDeadline(
  { progressDeadline, sidecars = [] }: ZeroDowntimeDeploymentProps,
  withoutGateSeconds: number,
  gateSeconds: number,
): number {
  const slowestSeconds = withoutGateSeconds + gateSeconds;
  const enough = slowestSeconds + SCHEDULING_AND_PULL_SECONDS;
  if (!progressDeadline && enough > MAX_INT32) {
    throw new Refusal(
      'progressDeadline',
      `${enough} s`,
      `it follows from startupBudget or a longer readiness initialDelay, + minReady, and Kubernetes counts to ${MAX_INT32} s`,
      'Write shorter times',
    );
  }
  if (!progressDeadline) {
    return enough;
  }
  const seconds = wholeSeconds('progressDeadline', progressDeadline);
  if (seconds <= slowestSeconds) {
    const each = sidecars.some(({ readiness }) => readiness)
      ? ', the same for each sidecar with readiness'
      : '';
    const gate = gateSeconds > 0 ? `, + ${gateSeconds} s of the readiness gate` : '';
    throw new Refusal(
      'progressDeadline',
      `${seconds} s`,
      `a pod may take ${slowestSeconds} s (startupBudget or a longer readiness initialDelay${each}, + minReady${gate}), so a healthy rollout would be reported as failed`,
      `Write Duration.seconds(${enough}) or leave the prop out`,
    );
  }
  return seconds;
}

function resolveRevisionHistoryLimit({
  revisionHistoryLimit,
  acceptNoRollback,
}: ZeroDowntimeDeploymentProps): number | undefined {
  if (revisionHistoryLimit === undefined) {
    return undefined;
  }
  if (revisionHistoryLimit === 0 && !acceptNoRollback) {
    throw new Refusal(
      'revisionHistoryLimit',
      0,
      'no old revision is kept, so a rollback is impossible',
      'Write 1 or more, or acceptNoRollback: true',
    );
  }
  return wholeNumber('revisionHistoryLimit', revisionHistoryLimit, { min: acceptNoRollback ? 0 : 1 });
}

function resolveDisruptionBudget({ disruptionBudget }: ZeroDowntimeDeploymentProps): number | string {
  const budget = disruptionBudget ?? PercentOrAbsolute.absolute(1);
  if (isZero(budget)) {
    throw new Refusal(
      'disruptionBudget',
      budget.value,
      'no pod may ever be evicted, so a node drain hangs for ever',
      'Write PercentOrAbsolute.absolute(1) or more',
    );
  }
  return podCount('disruptionBudget', budget, 100);
}

function toKube(strategy: DeploymentStrategy): KubeStrategy {
  return (strategy as unknown as { _toKube(): KubeStrategy })._toKube();
}

function isZero({ value }: PercentOrAbsolute): boolean {
  return parseInt(value) === 0;
}
