import { ApiObject } from 'cdk8s';
import type { Deployment } from 'cdk8s-plus-27';
import { HorizontalPodAutoscaler, Metric, MetricTarget } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Settings } from '../settings/settings';
import { addTypedFields } from '../kubernetes/typed-fields';

/** Source: docs/adr/0014-autoscaling.md. */
const CPU_UTILIZATION = 70;

/**
 * The HorizontalPodAutoscaler, if the user asked for one. The Deployment then has no number of pods of its own.
 */
export function createHorizontalPodAutoscaler(
  scope: Construct,
  { identity, autoscaling }: Settings,
  deployment: Deployment,
): HorizontalPodAutoscaler | undefined {
  if (!autoscaling) {
    return undefined;
  }
  const [container] = deployment.containers;
  const autoscaler = new HorizontalPodAutoscaler(scope, 'HorizontalPodAutoscaler', {
    ...autoscaling,
    metadata: { name: identity.name, labels: identity.labels, annotations: identity.annotations },
    target: deployment,
    // Only of the application's container: a sidecar with little to do would hide that the application is busy.
    metrics: autoscaling.metrics ?? [
      Metric.containerCpu({ container, target: MetricTarget.averageUtilization(CPU_UTILIZATION) }),
    ],
  });
  addTypedFields(ApiObject.of(autoscaler));
  return autoscaler;
}
