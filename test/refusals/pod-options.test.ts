import * as kplus from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { Exposure, HealthCheck, Metrics, NetworkAccess, PodSecurity } from '../../src';
import { expectAccepted, expectRefused, expectRefusedAtSynth, newChart, type Props } from '../helpers';

/** Props with a certificate, whose Secret is made outside of the app. */
const withTls = (props: Props = {}, mountPath?: string): Props => ({
  tls: { secret: kplus.Secret.fromSecretName(newChart(), 'Tls', 'web-tls'), mountPath },
  ...props,
});

describe('a priority class', () => {
  test.each(['', 'High', 'a_b'])('"%s" is refused', (priorityClassName) => {
    expectRefused(
      { scheduling: { priorityClassName } },
      `scheduling.priorityClassName = "${priorityClassName}": Kubernetes does not take it as a name, which is lower-case letters, digits, '-' and '.'. Write for example priorityClassName: 'high-priority'.`,
    );
  });

  test('of the cluster is taken', () => {
    expectAccepted({ scheduling: { priorityClassName: 'system-cluster-critical' } });
  });
});

describe('a node selector', () => {
  test('that is no label is refused', () => {
    expectRefused(
      { scheduling: { nodeSelector: { 'a b': 'c' } } },
      `scheduling.nodeSelector key = "a b": Kubernetes does not take it as the key of a label. Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'.`,
    );
    expectRefused(
      { scheduling: { nodeSelector: { disk: 'a b' } } },
      `scheduling.nodeSelector.disk = "a b": Kubernetes does not take it as the value of a label. Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.`,
    );
  });

  test('that only one node has is refused', () => {
    const nodeSelector = { 'kubernetes.io/hostname': 'node-1' };
    expectRefused(
      { scheduling: { nodeSelector } },
      `scheduling.nodeSelector['kubernetes.io/hostname'] = "node-1": all pods would run on one node, and when it is drained, none of them has another place. Select by a label that several nodes have, or write acceptDowntimeOnDrain: true.`,
    );
    expectAccepted({ scheduling: { nodeSelector }, acceptDowntimeOnDrain: true });
  });
});

describe('a toleration', () => {
  const { any, exists, is } = kplus.NodeTaintQuery;

  test('of what can be no taint is refused', () => {
    expectRefused(
      { scheduling: { tolerations: [any(), exists('a b')] } },
      `scheduling.tolerations[1] key = "a b": Kubernetes does not take it as the key of a label. Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'.`,
    );
    expectRefused(
      { scheduling: { tolerations: [is('pool', 'a b')] } },
      `scheduling.tolerations[0].pool = "a b": Kubernetes does not take it as the value of a label. Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.`,
    );
  });

  test('of any taint, with or without a value, is taken', () => {
    expectAccepted({ scheduling: { tolerations: [any(), exists('example.com/pool'), is('pool', '')] } });
  });
});

describe('the path of a certificate', () => {
  test.each(['', '/', 'certs', '/a b', '/certs/', '/a:b', '/..', '/a/../b'])(
    '"%s" is refused',
    (mountPath) => {
      expectRefused(
        withTls({}, mountPath),
        `tls.mountPath = "${mountPath}": no volume can be mounted there: the path has to be absolute, below /, and of letters, digits, ., _, - and /. Write for example '/etc/tls'.`,
      );
    },
  );

  test('that the application is to write to is refused', () => {
    const security = PodSecurity.restricted({ writablePaths: ['/tmp', '/certs'] });
    expectRefused(
      withTls({ security }, '/certs'),
      'security.writablePaths = "/certs": the files of tls appear there, which nobody can write to. Leave the path out, or write another mountPath of tls.',
    );
    expectAccepted(withTls({ security }));
    expectAccepted({ security: PodSecurity.restricted({ writablePaths: ['/etc/tls'] }) });
  });

  test('at which another volume is mounted is refused', () => {
    expectRefusedAtSynth(
      withTls(),
      (web, chart) => web.container.mount('/etc/tls', kplus.Volume.fromEmptyDir(chart, 'V', 'v')),
      'volume mount path = "/etc/tls": two volumes are mounted there, so the API server refuses the Deployment. Mount each volume at a path of its own, or give PodSecurity.restricted() writablePaths without this path.',
    );
  });
});

describe('a health check of a port with a certificate', () => {
  const NEVER = 'with tls the main port speaks TLS, so no pod would ever get ready';
  const { HTTP, HTTPS } = kplus.ConnectionScheme;

  test('by HTTP is refused', () => {
    const message = (prop: string) =>
      `${prop}.scheme = HTTP: ${NEVER}. Write ConnectionScheme.HTTPS, leave the scheme out, or ask another port.`;
    const check = HealthCheck.http('/', { scheme: HTTP });
    expectRefused(withTls({ readiness: check }), message('readiness'));
    expectRefused(withTls({ liveness: check }), message('liveness'));
    expectRefused(
      withTls({ readiness: HealthCheck.http('/', { scheme: HTTP, port: 8080 }) }),
      message('readiness'),
    );
    expectAccepted(withTls({ readiness: HealthCheck.http('/', { scheme: HTTPS }) }));
    expectAccepted({ readiness: check });
  });

  test('by gRPC is refused', () => {
    expectRefused(
      withTls({ readiness: HealthCheck.grpc() }),
      `readiness = HealthCheck.grpc: Kubernetes' gRPC check knows no TLS; ${NEVER}. Write HealthCheck.tcp(), or ask another port that speaks gRPC without TLS.`,
    );
  });
});

describe('the protocol of a port', () => {
  test.each(['', 'h2 c', '/h2c', 'kubernetes.io/'])('"%s" is refused', (appProtocol) => {
    const RULE =
      "the API server does not take it as the name of a protocol. Write for example 'https' or 'kubernetes.io/h2c'.";
    expectRefused(
      { exposure: Exposure.loadBalancer({ appProtocol }) },
      `exposure.appProtocol = "${appProtocol}": ${RULE}`,
    );
    const port = { name: 'extra', port: 9090, servicePort: 9090, appProtocol };
    expectRefused({ extraPorts: [port] }, `extraPorts[0].appProtocol = "${appProtocol}": ${RULE}`);
    expectRefused(
      { sidecars: [{ name: 'proxy', image: 'proxy:1', ports: [port] }] },
      `sidecars[0].ports[0].appProtocol = "${appProtocol}": ${RULE}`,
    );
  });

  test('that the Service does not offer is refused', () => {
    expectRefused(
      { extraPorts: [{ name: 'extra', port: 9090, appProtocol: 'https' }] },
      'extraPorts[0].appProtocol = "https": it is told by the Service, which does not offer this port. Give the port a servicePort, or leave appProtocol out.',
    );
  });

  test.each(['http', 'kubernetes.io/h2c', 'kubernetes.io/ws'])(
    'without TLS is refused beside a certificate: %s',
    (appProtocol) => {
      expectRefused(
        withTls({ exposure: Exposure.loadBalancer({ appProtocol }) }),
        `exposure.appProtocol = "${appProtocol}": it means a protocol without TLS, and with tls the application speaks TLS on this port. Write appProtocol: 'https', or leave it out.`,
      );
      expectAccepted({ exposure: Exposure.loadBalancer({ appProtocol }) });
    },
  );

  test('with TLS is taken beside a certificate', () => {
    expectAccepted(withTls({ exposure: Exposure.loadBalancer({ appProtocol: 'https' }) }));
    const extraPorts = [{ name: 'plain', port: 9090, servicePort: 80, appProtocol: 'http' }];
    expectAccepted(withTls({ extraPorts }));
  });
});

describe('a network policy', () => {
  test('from nobody is refused', () => {
    expectRefused(
      { networkPolicy: NetworkAccess.toServicePorts({ peers: [] }) },
      'networkPolicy.peers = []: Kubernetes reads an empty list as everyone. Name at least one peer, or leave peers out to let in everyone.',
    );
  });

  test('that lets in nobody to read metrics, or where there are none, is refused', () => {
    expectRefused(
      {
        networkPolicy: NetworkAccess.toServicePorts({ metricsPeers: [] }),
        metrics: Metrics.podMonitor(),
        extraPorts: [{ name: 'metrics', port: 9090 }],
      },
      'networkPolicy.metricsPeers = []: Kubernetes reads an empty list as everyone. Name at least one peer, or leave metricsPeers out to let in all pods of the cluster.',
    );
    const metricsPeers = [kplus.NetworkPolicyIpBlock.ipv4(newChart(), 'Prometheus', '10.0.0.7/32')];
    const networkPolicy = NetworkAccess.toServicePorts({ metricsPeers });
    expectRefused(
      { networkPolicy },
      "networkPolicy.metricsPeers = 1 of them: without metrics there is no port that they could read. Write for example metrics: Metrics.podMonitor({ portName: 'http' }), or leave the option out.",
    );
    expectRefused(
      { networkPolicy, metrics: Metrics.podMonitor({ portName: 'http' }) },
      'networkPolicy.metricsPeers = 1 of them: everyone is let in to the ports of the Services, and this is one of them. Serve the metrics on a port of extraPorts without servicePort, or write peers, or leave the option out.',
    );
    const extraPorts = [{ name: 'metrics', port: 9090 }];
    expectAccepted({ networkPolicy, metrics: Metrics.podMonitor(), extraPorts });
    expectAccepted({
      networkPolicy: NetworkAccess.toServicePorts({ peers: metricsPeers, metricsPeers }),
      metrics: Metrics.podMonitor({ portName: 'http' }),
    });
  });

  test('of a name that another one has is refused', () => {
    expectRefusedAtSynth(
      { networkPolicy: NetworkAccess.toServicePorts() },
      (_, chart) => {
        new kplus.NetworkPolicy(chart, 'Other', { metadata: { name: 'web' } });
      },
      'name = "web": chart/Other/Resource is a NetworkPolicy of this name in the same namespace, and the one applied last would replace the other. Give each a name or a namespace of its own; charts for different clusters belong into different Apps.',
    );
  });
});
