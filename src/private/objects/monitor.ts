import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type {
  PodMonitorSpecPodMetricsEndpoints,
  ServiceMonitorSpecEndpoints,
} from '../../../imports/prometheus-operator';
import {
  PodMonitor,
  ServiceMonitor,
  ServiceMonitorSpecEndpointsTargetPort,
} from '../../../imports/prometheus-operator';
import { addTypedFields } from '../kubernetes/typed-fields';
import type { Port } from '../settings/ports';
import type { Settings } from '../settings/settings';

/**
 * The PodMonitor or ServiceMonitor, if there is to be one.
 */
export function createMonitor(scope: Construct, { identity, metrics }: Settings): ApiObject | undefined {
  if (!metrics || metrics.factory === 'scrapeAnnotations') {
    return undefined;
  }
  const { port, path, interval } = metrics;
  const metadata = {
    name: identity.name,
    labels: { ...identity.labels, ...metrics.labels },
    annotations: identity.annotations,
  };
  const selector = { matchLabels: identity.selector };
  const monitor =
    metrics.factory === 'podMonitor'
      ? new PodMonitor(scope, 'PodMonitor', {
          metadata,
          spec: { selector, podMetricsEndpoints: [{ ...byName(port), path, interval }] },
        })
      : new ServiceMonitor(scope, 'ServiceMonitor', {
          metadata,
          spec: { selector, endpoints: [{ ...behindService(port), path, interval }] },
        });
  addTypedFields(monitor);
  return monitor;
}

/** By name if the port has one, so that old and new pods are found when a release changes the number. */
function byName({ name, number }: Port): PodMonitorSpecPodMetricsEndpoints {
  return name === undefined ? { portNumber: number } : { port: name };
}

function behindService({ name, number }: Port): ServiceMonitorSpecEndpoints {
  return name === undefined
    ? { targetPort: ServiceMonitorSpecEndpointsTargetPort.fromNumber(number) }
    : { port: name };
}
