import type { Metric, ScalingRules } from 'cdk8s-plus-27';

/**
 * A HorizontalPodAutoscaler, which runs as many pods as the load needs.
 */
export interface AutoscalingOptions {
  /**
   * Fewest pods, at least 2.
   *
   * @default 2
   */
  readonly minReplicas?: number;

  /**
   * Most pods, `minReplicas` or more. A live Deployment that has more is scaled down to it at once.
   */
  readonly maxReplicas: number;

  /**
   * What decides on the number of pods: CPU, memory, a metric of the pods, of another object or from outside of
   * the cluster. Of several metrics, the one that asks for the most pods counts.
   *
   * @default - 70 % of the CPU that the application's container requests
   * @see https://cloud.google.com/blog/products/containers-kubernetes/tuning-the-kubernetes-hpa-in-gke
   */
  readonly metrics?: Metric[];

  /**
   * How fast pods are added. Rules that are left out keep their default.
   *
   * @default - at once, in 15 s as many again or 4, whichever is more: Kubernetes' own default
   */
  readonly scaleUp?: ScalingRules;

  /**
   * How fast pods are taken away. Rules that are left out keep their default. The window has to be at least as
   * long as a rollout can hide load from the autoscaler.
   *
   * @default - once fewer were enough for 5 minutes, or longer where a rollout can hide load for longer; then at most 10 % in a minute, or in the time that a pod may take to stop
   */
  readonly scaleDown?: ScalingRules;
}
