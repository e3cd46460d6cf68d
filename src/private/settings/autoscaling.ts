import { Duration } from 'cdk8s';
import type { Metric, ScalingPolicy, ScalingRules } from 'cdk8s-plus-27';
import { Replicas, ScalingStrategy } from 'cdk8s-plus-27';
import type { AcceptedRisks } from '../../accepted-risks';
import type { AutoscalingOptions } from '../../autoscaling-options';
import type { RolloutProps } from '../../rollout-props';
import { replicaNumber } from '../kubernetes/cdk8s-plus';
import { wholeNumber, wholeSeconds } from '../kubernetes/numbers';
import type { Part } from '../refusals/refusal';
import { checkAll, checkEach, part, Refusal } from '../refusals/refusal';
import type { Rollout } from './rollout';
import { mostWaves, replicaCount } from './rollout';
import { checkMetrics } from './scaling-metrics';
import type { Termination } from './termination';

/** How the number of pods follows the load. */
export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Undefined where the user gave none. */
  readonly metrics?: Metric[];
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** Source: the API server's limits for a window and for the period of a policy. */
const MAX_WINDOW_SECONDS = 3600;
const MAX_PERIOD_SECONDS = 1800;

/** Source: Kubernetes' own rules for scaling up. */
const SCALE_UP: Required<ScalingRules> = {
  strategy: ScalingStrategy.MAX_CHANGE,
  stabilizationWindow: Duration.seconds(0),
  policies: [
    { replicas: Replicas.absolute(4), duration: Duration.seconds(15) },
    { replicas: Replicas.percent(100), duration: Duration.seconds(15) },
  ],
};

/** Source: Kubernetes' own window for scaling down, and the rate that its documentation shows. */
const SCALE_DOWN_WINDOW_SECONDS = 300;
const SCALE_DOWN_PERIOD_SECONDS = 60;
const SCALE_DOWN_PERCENT = 10;

/** Source: metrics-server and the autoscaler each look every 15 s. */
const METRICS_DELAY_SECONDS = 30;
/** Source: the autoscaler's tolerance of 10 %: it does not notice a change in a smaller part of the pods. */
const WAVES_THAT_COUNT = 10;

/**
 * The autoscaler's limits and rules: scale up at once, and down only when no rollout can be the reason.
 */
export function resolveAutoscaling(
  props: RolloutProps & AcceptedRisks,
  rollout: Part<Rollout>,
  termination: Part<Termination>,
): Autoscaling | undefined {
  const { autoscaling } = props;
  if (!autoscaling) {
    return undefined;
  }
  const minReplicas = part(() =>
    replicaCount('autoscaling.minReplicas', autoscaling.minReplicas ?? 2, props.acceptDowntimeOnDrain),
  );
  const maxReplicas = part(() => resolveMaxReplicas(autoscaling, minReplicas()));
  const scaleUp = part(() => resolveScaleUp(autoscaling.scaleUp));
  const scaleDown = part(() => resolveScaleDown(props, maxReplicas(), rollout(), termination()));
  checkAll(
    () => checkReplicas(props),
    minReplicas,
    maxReplicas,
    () => checkMetrics(autoscaling.metrics),
    scaleUp,
    scaleDown,
  );
  return {
    minReplicas: minReplicas(),
    maxReplicas: maxReplicas(),
    metrics: autoscaling.metrics,
    scaleUp: scaleUp(),
    scaleDown: scaleDown(),
  };
}

function checkReplicas({ replicas }: RolloutProps): void {
  if (replicas !== undefined) {
    throw new Refusal(
      'replicas',
      replicas,
      'autoscaling is given too, and each apply would set the number of pods back to this one, whatever the load',
      'Write minReplicas and maxReplicas of autoscaling instead, or leave autoscaling out',
    );
  }
}

function resolveMaxReplicas(autoscaling: AutoscalingOptions, minReplicas: number): number {
  const maxReplicas = wholeNumber('autoscaling.maxReplicas', autoscaling.maxReplicas, { example: 10 });
  if (maxReplicas < minReplicas) {
    throw new Refusal(
      'autoscaling.maxReplicas',
      maxReplicas,
      `minReplicas is ${minReplicas}, so the API server refuses the HorizontalPodAutoscaler`,
      `Write ${minReplicas} or more`,
    );
  }
  return maxReplicas;
}

function resolveScaleUp(asked: ScalingRules = {}): ScalingRules {
  if (isDisabled(asked)) {
    throw new Refusal(
      'autoscaling.scaleUp.strategy',
      asked.strategy,
      'pods that were taken away would never come back',
      'Leave it out, or write scaleDown with this strategy, or replicas instead of autoscaling',
    );
  }
  return resolveRules('autoscaling.scaleUp', asked, SCALE_UP);
}

function resolveScaleDown(
  props: RolloutProps & AcceptedRisks,
  maxReplicas: number,
  rollout: Rollout,
  { terminationGracePeriod }: Termination,
): ScalingRules {
  const asked = props.autoscaling?.scaleDown ?? {};
  const graceSeconds = terminationGracePeriod.toSeconds();
  const waves = Math.min(mostWaves(rollout.strategy, maxReplicas), WAVES_THAT_COUNT);
  const hiddenSeconds = Math.min(waves * (graceSeconds + METRICS_DELAY_SECONDS), MAX_WINDOW_SECONDS);
  const rules = resolveRules('autoscaling.scaleDown', asked, {
    strategy: ScalingStrategy.MAX_CHANGE,
    stabilizationWindow: Duration.seconds(Math.max(SCALE_DOWN_WINDOW_SECONDS, hiddenSeconds)),
    policies: [
      {
        replicas: Replicas.percent(SCALE_DOWN_PERCENT),
        duration: Duration.seconds(
          Math.min(Math.max(SCALE_DOWN_PERIOD_SECONDS, graceSeconds), MAX_PERIOD_SECONDS),
        ),
      },
    ],
  });
  const windowSeconds = rules.stabilizationWindow!.toSeconds();
  if (windowSeconds < hiddenSeconds && !isDisabled(asked) && !props.acceptDowntimeOnRollout) {
    throw new Refusal(
      'autoscaling.scaleDown.stabilizationWindow',
      `${windowSeconds} s`,
      `a rollout may hide load from the autoscaler for ${hiddenSeconds} s (${waves} waves, in each of which pods that stop serve on uncounted for ${graceSeconds} s, and figures come ${METRICS_DELAY_SECONDS} s late), so it would take away pods that are needed`,
      `Write Duration.seconds(${hiddenSeconds}) or more, or leave the prop out, or a higher maxSurge of rollout, or acceptDowntimeOnRollout: true`,
    );
  }
  return rules;
}

/** The user's rules, completed by the defaults. */
function resolveRules(
  prop: string,
  { strategy, stabilizationWindow, policies }: ScalingRules,
  defaults: Required<ScalingRules>,
): ScalingRules {
  if (stabilizationWindow) {
    wholeSeconds(`${prop}.stabilizationWindow`, stabilizationWindow, { min: 0, max: MAX_WINDOW_SECONDS });
  }
  if (policies?.length === 0) {
    throw new Refusal(
      `${prop}.policies`,
      '[]',
      'the API server refuses rules without a policy',
      'Name one, or leave the prop out',
    );
  }
  checkEach(policies ?? [], (policy, i) => checkPolicy(`${prop}.policies[${i}]`, policy));
  return {
    strategy: strategy ?? defaults.strategy,
    stabilizationWindow: stabilizationWindow ?? defaults.stabilizationWindow,
    policies: policies ?? defaults.policies,
  };
}

function checkPolicy(prop: string, { replicas, duration }: ScalingPolicy): void {
  wholeNumber(`${prop}.replicas`, replicaNumber(replicas));
  if (duration) {
    wholeSeconds(`${prop}.duration`, duration, { max: MAX_PERIOD_SECONDS });
  }
}

/** cdk8s-plus-27 calls the strategy deprecated, but it is the only one that never takes a pod away. */
function isDisabled({ strategy }: ScalingRules): boolean {
  return String(strategy) === 'Disabled';
}
