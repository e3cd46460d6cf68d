import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Exposure, Metrics } from '../src';
import { addWeb, type Manifest, newChart, objectOf, type Props, render, yamlOf } from './helpers';

const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };
const extraPorts = [{ name: 'metrics', port: 9090 }];

function monitorOf(kind: string, props: Props): Manifest {
  const chart = newChart();
  const { monitor } = addWeb(chart, props);
  expect(monitor?.kind).toBe(kind);
  return objectOf(chart, kind);
}

test('nobody is told of metrics unless it is asked for', () => {
  const chart = newChart();
  const { monitor } = addWeb(chart, { extraPorts });
  expect(monitor).toBeUndefined();
  expect(yamlOf(chart).map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
  expect(objectOf(chart, 'Deployment').spec.template.metadata).not.toHaveProperty('annotations');
});

describe('a PodMonitor', () => {
  test('finds the pods by the selector and the port by its name', () => {
    const props = { extraPorts, annotations: { team: 'shop' }, metrics: Metrics.podMonitor() };
    expect(monitorOf('PodMonitor', props)).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'web', labels: LABELS, annotations: { team: 'shop' } },
      spec: {
        selector: { matchLabels: LABELS },
        podMetricsEndpoints: [{ port: 'metrics', path: '/metrics' }],
      },
    });
  });

  test('has what it is told', () => {
    const metrics = Metrics.podMonitor({
      portName: 'exporter',
      path: '/prometheus',
      interval: Duration.minutes(1),
      labels: { release: 'prometheus' },
    });
    const sidecars = [{ name: 'exporter', image: 'exporter:1', ports: [{ name: 'exporter', port: 9100 }] }];
    const { metadata, spec } = monitorOf('PodMonitor', { sidecars, metrics, labels: { release: 'web' } });
    expect(metadata.labels).toEqual({ ...LABELS, release: 'prometheus' });
    expect(spec.podMetricsEndpoints).toEqual([{ port: 'exporter', path: '/prometheus', interval: '60s' }]);
  });

  test('finds a main port without a name by its number', () => {
    const metrics = Metrics.podMonitor({ portName: 'main' });
    const { spec } = monitorOf('PodMonitor', { selectorLabels: { app: 'web' }, metrics });
    expect(spec.podMetricsEndpoints).toEqual([{ portNumber: 8080, path: '/metrics' }]);
  });
});

describe('a ServiceMonitor', () => {
  const offered = [{ name: 'metrics', port: 9090, servicePort: 9090 }];

  test('finds the Service by its labels and the port by its name', () => {
    const metrics = Metrics.serviceMonitor({ interval: Duration.seconds(15) });
    expect(monitorOf('ServiceMonitor', { extraPorts: offered, metrics })).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'web', labels: LABELS },
      spec: {
        selector: { matchLabels: LABELS },
        endpoints: [{ port: 'metrics', path: '/metrics', interval: '15s' }],
      },
    });
  });

  test('reads each pod once where one of several Services offers the port', () => {
    const props = {
      extraPorts: offered,
      exposure: Exposure.loadBalancer({ portNames: ['http'] }),
      furtherExposures: [Exposure.clusterIp({ serviceName: 'web-internal' })],
      metrics: Metrics.serviceMonitor(),
    };
    expect(monitorOf('ServiceMonitor', props).spec.endpoints).toHaveLength(1);
  });

  test('finds a port without a name by its number', () => {
    const metrics = Metrics.serviceMonitor({ portName: 'main' });
    const { spec } = monitorOf('ServiceMonitor', { selectorLabels: { app: 'web' }, metrics });
    expect(spec.endpoints).toEqual([{ targetPort: 8080, path: '/metrics' }]);
  });
});

test('annotations of the pods say where the metrics are', () => {
  const metrics = Metrics.scrapeAnnotations({ path: '/prometheus' });
  const pod = { annotations: { team: 'shop', 'prometheus.io/scrape': 'true' } };
  const { deployment } = render({ extraPorts, metrics, pod });
  expect(deployment.spec.template.metadata.annotations).toEqual({
    team: 'shop',
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9090',
    'prometheus.io/path': '/prometheus',
  });
});
