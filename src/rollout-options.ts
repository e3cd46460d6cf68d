import type { Duration } from 'cdk8s';
import type { DeploymentStrategy, PercentOrAbsolute } from 'cdk8s-plus-27';

/**
 * How new pods replace old ones.
 */
export interface RolloutOptions {
  /**
   * Pods beyond `replicas` that a rollout may start at once. Old pods go only when new ones serve.
   *
   * @default PercentOrAbsolute.percent(25)
   */
  readonly maxSurge?: PercentOrAbsolute;

  /**
   * The rollout's strategy as a whole, for those who accept downtime.
   *
   * @default - a rolling update with `maxSurge` and maxUnavailable 0
   */
  readonly strategy?: DeploymentStrategy;

  /**
   * Time that a new pod has to stay ready before the rollout goes on, whole seconds up to 6 h. The pod gets
   * traffic meanwhile; use `initialDelay` of `readiness` to keep traffic away from it.
   *
   * @default - what `exposure` needs to send to a new pod, else 0 s
   */
  readonly minReady?: Duration;

  /**
   * Time without progress after which Kubernetes reports the rollout as failed, whole seconds up to 2 days.
   *
   * @default - `startupBudget` or a longer `initialDelay` of `readiness`, the same for each sidecar with a `readiness` of its own, + `minReady`, + what a readiness gate takes, + 300 s to schedule the pod and pull the image
   */
  readonly progressDeadline?: Duration;

  /**
   * Number of old revisions to which a rollback can return.
   *
   * @default - 10 (Kubernetes' own default)
   */
  readonly revisionHistoryLimit?: number;
}
