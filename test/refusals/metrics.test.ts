import { Duration } from 'cdk8s';
import { Protocol, Secret } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Exposure, Metrics, type MonitorOptions } from '../../src';
import { expectAccepted, expectRefused, newChart } from '../helpers';

const extraPorts = [{ name: 'metrics', port: 9090 }];

describe('the port of the metrics', () => {
  test('has to be one of the pods, and TCP', () => {
    const events = { name: 'events', port: 9000, protocol: Protocol.UDP };
    const message = (name: string) =>
      `metrics.portName = "${name}": no TCP port of the pods has this name. Write one of http, or add it to extraPorts.`;
    expectRefused({ metrics: Metrics.podMonitor() }, message('metrics'));
    expectRefused(
      { extraPorts: [events], metrics: Metrics.scrapeAnnotations({ portName: 'events' }) },
      message('events'),
    );
    expectAccepted({ metrics: Metrics.podMonitor({ portName: 'http' }) });
  });

  test('has to be without TLS', () => {
    const tls = { secret: Secret.fromSecretName(newChart(), 'Tls', 'web-tls') };
    expectRefused(
      { tls, metrics: Metrics.podMonitor({ portName: 'https' }) },
      'metrics.portName = "https": with tls the main port speaks TLS, with a certificate that Prometheus cannot check against the address of a pod. Serve the metrics without TLS on a port of extraPorts.',
    );
    expectAccepted({ tls, extraPorts, metrics: Metrics.podMonitor() });
  });

  test('of a ServiceMonitor has to be offered', () => {
    expectRefused(
      { extraPorts, metrics: Metrics.serviceMonitor() },
      'metrics.portName = "metrics": no Service offers this port, so a ServiceMonitor would find nothing. Write Metrics.podMonitor(), or give the port a servicePort.',
    );
  });

  test('of a ServiceMonitor has to be offered once', () => {
    expectRefused(
      {
        extraPorts: [{ ...extraPorts[0], servicePort: 9090 }],
        furtherExposures: [Exposure.clusterIp({ serviceName: 'web-internal' })],
        metrics: Metrics.serviceMonitor(),
      },
      'metrics.portName = "metrics": the Services web and web-internal offer this port, so each pod would be counted 2 times. Write Metrics.podMonitor(), or portNames for all exposures but one.',
    );
  });
});

describe('options of metrics', () => {
  test.each<[MonitorOptions, string]>([
    [
      { path: 'metrics' },
      'path = "metrics": it is not the path of a request. Write for example \'/metrics\'.',
    ],
    [
      { interval: Duration.minutes(10) },
      'interval = 600 s: it has to be a whole number of seconds from 1 to 300. Write Duration.seconds(300).',
    ],
    [
      { labels: { release: 'a b' } },
      "labels.release = \"a b\": Kubernetes does not take it as the value of a label. Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.",
    ],
  ])('%o are refused', (options, message) => {
    expectRefused({ extraPorts, metrics: Metrics.podMonitor(options) }, `metrics.${message}`);
  });

  test('that annotations do not have are refused', () => {
    const metrics = Metrics.scrapeAnnotations({ interval: Duration.seconds(30) } as object);
    expectRefused(
      { extraPorts, metrics },
      'metrics.interval = a value of type Duration: there is no such key in the options of Metrics.scrapeAnnotations, so it would be left out without a word. Known are portName, path.',
    );
  });

  test('that annotations of the pods contradict are refused', () => {
    expectRefused(
      {
        extraPorts,
        metrics: Metrics.scrapeAnnotations(),
        pod: { annotations: { 'prometheus.io/port': '8080' } },
      },
      `pod.annotations['prometheus.io/port'] = "8080": the construct itself gives it the value "9090". Leave it out.`,
    );
  });
});
