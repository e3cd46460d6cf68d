import { Duration } from 'cdk8s';
import { DeploymentStrategy, PercentOrAbsolute } from 'cdk8s-plus-27';
import type { AcceptedRisks } from '../../accepted-risks';
import type { PodDisruptionBudgetOptions } from '../../pod-disruption-budget-options';
import type { PodTemplateProps } from '../../pod-template-props';
import type { RolloutProps } from '../../rollout-props';
import type { KubeStrategy } from '../kubernetes/cdk8s-plus';
import { kubeStrategy } from '../kubernetes/cdk8s-plus';
import { podCount, wholeNumber, wholeSeconds } from '../kubernetes/numbers';
import { PROGRESS, READY } from '../kubernetes/times';
import type { Part } from '../refusals/refusal';
import { checkAll, part, Refusal } from '../refusals/refusal';
import type { ServiceExposure } from './exposure/exposure';
import { slowest } from './exposure/slowest';
import { explain, total } from './exposure/timing';

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

/** Source: what Kubernetes' own deadline of 600 s leaves beside our start-up budget of 300 s. */
const SCHEDULING_AND_PULL_SECONDS = 300;

/**
 * The rollout's settings. Capacity never dips, unless the user accepts that it does.
 */
export function resolveRollout(
  props: RolloutProps & PodTemplateProps & AcceptedRisks,
  readySeconds: Part<number>,
  exposures: Part<ServiceExposure[]>,
): Rollout {
  const replicas = part(() => resolveReplicas(props));
  const strategy = part(() => resolveStrategy(props));
  const minReady = part(() => resolveMinReady(props, () => slowest(exposures(), 'minReady')));
  const deadline = part(() =>
    resolveProgressDeadline(
      props,
      readySeconds() + minReady(),
      total(slowest(exposures(), 'readiness').timing.readiness),
    ),
  );
  const revisionHistoryLimit = part(() => resolveRevisionHistoryLimit(props));
  const disruptionBudget = part(() => resolveDisruptionBudget(props.podDisruptionBudget));
  checkAll(replicas, strategy, minReady, deadline, revisionHistoryLimit, disruptionBudget);
  return {
    replicas: replicas(),
    strategy: strategy(),
    minReady: Duration.seconds(minReady()),
    progressDeadline: Duration.seconds(deadline()),
    revisionHistoryLimit: revisionHistoryLimit(),
    disruptionBudget: disruptionBudget(),
  };
}

function resolveReplicas({
  replicas,
  acceptDowntimeOnDrain,
}: RolloutProps & AcceptedRisks): number | undefined {
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
 * The most rounds that a rollout of up to this number of pods takes.
 */
export function mostWaves(strategy: DeploymentStrategy, pods: number): number {
  const { rollingUpdate } = kubeStrategy(strategy);
  if (!rollingUpdate) {
    return 1;
  }
  const { maxSurge, maxUnavailable } = rollingUpdate;
  return Math.ceil(Math.min(...[maxSurge, maxUnavailable].map((size) => wavesOf(size, pods))));
}

function wavesOf({ value }: PercentOrAbsolute, pods: number): number {
  return Math.max(1, (typeof value === 'number' ? pods : 100) / parseInt(value));
}

function resolveStrategy({
  rollout = {},
  acceptDowntimeOnRollout = false,
}: RolloutProps & AcceptedRisks): DeploymentStrategy {
  const { strategy, maxSurge } = rollout;
  if (strategy && maxSurge) {
    throw new Refusal(
      'rollout.maxSurge',
      maxSurge.value,
      'strategy is given too, and both say how many pods surge',
      'Write only one of the two',
    );
  }
  const resolved = strategy ?? surging(maxSurge);
  checkStrategy(kubeStrategy(resolved), acceptDowntimeOnRollout);
  return resolved;
}

function surging(maxSurge = PercentOrAbsolute.percent(25)): DeploymentStrategy {
  if (isZero(maxSurge)) {
    throw new Refusal(
      'rollout.maxSurge',
      maxSurge.value,
      'with maxUnavailable 0 no new pod could ever start',
      'Write PercentOrAbsolute.absolute(1) or more',
    );
  }
  return DeploymentStrategy.rollingUpdate({ maxSurge, maxUnavailable: PercentOrAbsolute.absolute(0) });
}

function checkStrategy({ type, rollingUpdate }: KubeStrategy, acceptDowntime: boolean): void {
  if (rollingUpdate) {
    podCount('rollout.maxSurge', rollingUpdate.maxSurge);
    podCount('rollout.strategy.maxUnavailable', rollingUpdate.maxUnavailable, 100);
  }
  if (acceptDowntime) {
    return;
  }
  if (!rollingUpdate) {
    throw new Refusal(
      'rollout.strategy',
      type,
      'it stops every old pod before the first new one starts',
      'Leave strategy out, or write acceptDowntimeOnRollout: true',
    );
  }
  if (!isZero(rollingUpdate.maxUnavailable)) {
    throw new Refusal(
      'rollout.strategy.maxUnavailable',
      rollingUpdate.maxUnavailable.value,
      'old pods would go before new ones serve (DeploymentStrategy.rollingUpdate fills in 25% when maxUnavailable is left out)',
      'Write maxSurge instead of strategy, or maxUnavailable: PercentOrAbsolute.absolute(0), or acceptDowntimeOnRollout: true',
    );
  }
}

function resolveMinReady(
  { rollout: { minReady } = {}, acceptDowntimeOnRollout }: RolloutProps & AcceptedRisks,
  exposure: Part<ServiceExposure>,
): number {
  const asked = minReady && wholeSeconds('rollout.minReady', minReady, READY);
  const { profile, timing } = exposure();
  const required = total(timing.minReady);
  const seconds = asked ?? required;
  if (seconds < required && !acceptDowntimeOnRollout) {
    throw new Refusal(
      'rollout.minReady',
      `${seconds} s`,
      `${profile.name} takes up to ${required} s until it sends to a new pod (${explain(timing.minReady)}), so old ones would go before`,
      `Write Duration.seconds(${required}) or more, or leave the prop out, or write acceptDowntimeOnRollout: true`,
    );
  }
  return seconds;
}

function resolveProgressDeadline(
  { rollout: { progressDeadline } = {}, sidecars = [] }: RolloutProps & PodTemplateProps,
  withoutGateSeconds: number,
  gateSeconds: number,
): number {
  const slowestSeconds = withoutGateSeconds + gateSeconds;
  const enough = slowestSeconds + SCHEDULING_AND_PULL_SECONDS;
  if (!progressDeadline) {
    return enough;
  }
  const seconds = wholeSeconds('rollout.progressDeadline', progressDeadline, PROGRESS);
  if (seconds <= slowestSeconds) {
    const each = sidecars.some(({ readiness }) => readiness)
      ? ', the same for each sidecar with readiness'
      : '';
    const gate = gateSeconds > 0 ? `, + ${gateSeconds} s of the readiness gate` : '';
    throw new Refusal(
      'rollout.progressDeadline',
      `${seconds} s`,
      `a pod may take ${slowestSeconds} s (startupBudget or a longer readiness initialDelay${each}, + minReady${gate}), so a healthy rollout would be reported as failed`,
      `Write Duration.seconds(${enough}) or leave the prop out`,
    );
  }
  return seconds;
}

function resolveRevisionHistoryLimit({
  rollout: { revisionHistoryLimit } = {},
  acceptNoRollback,
}: RolloutProps & AcceptedRisks): number | undefined {
  if (revisionHistoryLimit === undefined) {
    return undefined;
  }
  if (revisionHistoryLimit === 0 && !acceptNoRollback) {
    throw new Refusal(
      'rollout.revisionHistoryLimit',
      0,
      'no old revision is kept, so a rollback is impossible',
      'Write 1 or more, or acceptNoRollback: true',
    );
  }
  return wholeNumber('rollout.revisionHistoryLimit', revisionHistoryLimit, { min: acceptNoRollback ? 0 : 1 });
}

function resolveDisruptionBudget({
  maxUnavailable = PercentOrAbsolute.absolute(1),
}: PodDisruptionBudgetOptions = {}): number | string {
  if (isZero(maxUnavailable)) {
    throw new Refusal(
      'podDisruptionBudget.maxUnavailable',
      maxUnavailable.value,
      'no pod may ever be evicted, so a node drain hangs for ever',
      'Write PercentOrAbsolute.absolute(1) or more',
    );
  }
  return podCount('podDisruptionBudget.maxUnavailable', maxUnavailable, 100);
}

function isZero({ value }: PercentOrAbsolute): boolean {
  return parseInt(value) === 0;
}
