import type { AutoscalingOptions } from './autoscaling-options';
import type { PodDisruptionBudgetOptions } from './pod-disruption-budget-options';
import type { RolloutOptions } from './rollout-options';

/**
 * How many pods there are, and how new ones replace old ones.
 */
export interface RolloutProps {
  /**
   * Number of pods, at least 2.
   *
   * @default - 2, or what `autoscaling` or a HorizontalPodAutoscaler on `deployment` says
   */
  readonly replicas?: number;

  /**
   * Lets the load decide on the number of pods, instead of `replicas`. A live Deployment has to give up
   * `replicas` first: otherwise it drops to one pod for a moment.
   *
   * @default - none: the number of pods is fixed
   * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
   */
  readonly autoscaling?: AutoscalingOptions;

  /**
   * How new pods replace old ones.
   *
   * @default - see each option: new pods serve before old ones go
   */
  readonly rollout?: RolloutOptions;

  /**
   * How many pods evictions, such as those of a node drain, may take at once.
   *
   * @default - one pod
   */
  readonly podDisruptionBudget?: PodDisruptionBudgetOptions;
}
