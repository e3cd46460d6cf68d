import { AcceptedRisks } from './accepted-risks';
import { ApplicationProps } from './application-props';
import { ExposureProps } from './exposure-props';
import { HealthProps } from './health-props';
import { Metrics } from './metrics';
import { NamingProps } from './naming-props';
import { PodTemplateProps } from './pod-template-props';
import { RolloutProps } from './rollout-props';
import { TerminationProps } from './termination-props';

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
