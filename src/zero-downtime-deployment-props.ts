import type { AcceptedRisks } from './accepted-risks';
import type { ApplicationProps } from './application-props';
import type { ExposureProps } from './exposure-props';
import type { HealthProps } from './health-props';
import type { Metrics } from './metrics';
import type { NamingProps } from './naming-props';
import type { PodTemplateProps } from './pod-template-props';
import type { RolloutProps } from './rollout-props';
import type { TerminationProps } from './termination-props';

/**
 * What to run, and where it differs from the safe defaults.
 */
export interface ZeroDowntimeDeploymentProps
  extends
    ApplicationProps,
    PodTemplateProps,
    NamingProps,
    HealthProps,
    RolloutProps,
    TerminationProps,
    ExposureProps,
    AcceptedRisks {
  /**
   * How Prometheus finds the metrics of the pods.
   *
   * @default - not at all
   */
  readonly metrics?: Metrics;
}
