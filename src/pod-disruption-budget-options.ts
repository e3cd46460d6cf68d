import type { PercentOrAbsolute } from 'cdk8s-plus-27';

/**
 * How many pods evictions, such as those of a node drain, may take.
 */
export interface PodDisruptionBudgetOptions {
  /**
   * Most pods that evictions may take at once.
   *
   * @default PercentOrAbsolute.absolute(1)
   */
  readonly maxUnavailable?: PercentOrAbsolute;
}
