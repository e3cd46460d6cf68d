import { Duration } from 'cdk8s';
import { Namespace, Protocol, type ServicePort } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { IntOrString, KubeService } from '../../imports/k8s';
import { AwsTargetType, Drain, DrainProxy, Exposure } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  expectRefusedAtSynth,
  expectSynthError,
  newChart,
  type Props,
  yamlOf,
} from '../helpers';

const further = (...furtherExposures: Exposure[]): Props => ({ furtherExposures });
const internal = Exposure.clusterIp({ serviceName: 'web-internal' });
const { seconds } = Duration;

describe('the name of a further Service', () => {
  test('has to be given', () => {
    expectRefused(
      further(internal, Exposure.clusterIp()),
      "furtherExposures[1].serviceName = undefined: the name is that of another Service. Write a name of its own, for example serviceName: 'web-internal'.",
    );
  });

  test('has to be its own', () => {
    const message = (i: number, name: string) =>
      `furtherExposures[${i}].serviceName = "${name}": another Service of the same pods has this name. Write a name of its own, for example serviceName: 'web-internal'.`;
    expectRefused(further(Exposure.clusterIp({ serviceName: 'web' })), message(0, 'web'));
    expectRefused(further(internal, internal), message(1, 'web-internal'));
  });

  test('has to be one', () => {
    expectRefused(
      further(Exposure.clusterIp({ serviceName: 'Web' })),
      `furtherExposures[0].serviceName = "Web": Kubernetes does not take it as a name, which is at most 63 lower-case letters, digits and '-', a letter first. Write for example serviceName: 'my-app'.`,
    );
  });
});

describe('what is refused of exposure is refused of further ones, at their path', () => {
  const serviceName = 'web-internal';
  test.each<[Exposure, string]>([
    [
      Exposure.ingress({ serviceName, hostnames: ['A'] }),
      `furtherExposures[0].hostnames[0] = "A": it is not the name of a host, so the API server refuses it. Write for example 'shop.example.com' or '*.example.com'.`,
    ],
    [
      Exposure.clusterIp({ serviceName, servicePort: 0 }),
      'furtherExposures[0].servicePort = 0: it has to be a whole number from 1 to 65535. Write 1.',
    ],
    [
      Exposure.clusterIp({ serviceName, appProtocol: 'a b' }),
      `furtherExposures[0].appProtocol = "a b": the API server does not take it as the name of a protocol. Write for example 'https' or 'kubernetes.io/h2c'.`,
    ],
    [
      Exposure.clusterIp({ serviceName, serviceAnnotations: { 'a b': 'x' } }),
      `furtherExposures[0].serviceAnnotations key = "a b": Kubernetes does not take it as the key of an annotation. Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'.`,
    ],
    [
      Exposure.loadBalancer({ serviceName, loadBalancerSourceRanges: ['x'] }),
      `furtherExposures[0].loadBalancerSourceRanges[0] = "x": it is not a range of IP addresses, so the API server refuses the Service. Write for example '203.0.113.0/24'.`,
    ],
    [
      Exposure.headless({ serviceName, servicePort: 80 } as object),
      'furtherExposures[0].servicePort = 80: there is no such key in the options of Exposure.headless, so it would be left out without a word. Write no number: clients connect to the pods, by the numbers on which these listen.',
    ],
  ])('%#', (exposure, message) => {
    expectRefused(further(exposure), message);
  });

  test('a list that is none', () => {
    expectRefused(
      { furtherExposures: internal } as unknown as Props,
      "furtherExposures = a value of type Exposure: it has to be a list of Exposures. Write for example [Exposure.clusterIp({ serviceName: 'web-internal' })].",
    );
  });

  test('two of them at once', () => {
    expectRefused(
      {
        exposure: Exposure.ingress({ paths: [] }),
        furtherExposures: [Exposure.ingress({ hostnames: [], serviceName })],
      },
      'exposure.paths = []: without any path the requests of every path would be taken. Write at least one path, or leave the option out if every path is meant.',
      'furtherExposures[0].hostnames = []: without any host the requests of every host would be taken. Write at least one host, or leave the option out if every host is meant.',
    );
  });
});

describe('the ports of a further Service', () => {
  const extraPorts = [
    { name: 'admin', port: 9000, servicePort: 9000 },
    { name: 'metrics', port: 9090 },
  ];

  test('have to be there and be offered', () => {
    const exposure = Exposure.clusterIp({ serviceName: 'web-internal', portNames: ['http', 'metrics', 'x'] });
    const message = (i: number, name: string) =>
      `furtherExposures[0].portNames[${i}] = "${name}": no port that a Service may offer has this name. Write one of http, admin, or give the port a servicePort.`;
    expectRefused({ extraPorts, ...further(exposure) }, message(1, 'metrics'), message(2, 'x'));
  });

  test('have to be some', () => {
    expectRefused(
      { exposure: Exposure.clusterIp({ portNames: [] }) },
      'exposure.portNames = []: the Service would offer no port, so the API server refuses it. Name at least one, or leave the option out to offer all.',
    );
  });

  test('have to have the main one where an Ingress leads to it', () => {
    expectRefused(
      { extraPorts, exposure: Exposure.ingress({ portNames: ['admin'] }) },
      `exposure.portNames = ["admin"]: an Ingress leads to the main port, which the Service would not offer. Add 'http', or leave the option out.`,
    );
    expectAccepted({ extraPorts, exposure: Exposure.clusterIp({ portNames: ['admin'] }) });
  });

  test('have to have numbers of their own', () => {
    expectRefused(
      { extraPorts, ...further(Exposure.clusterIp({ serviceName: 'web-internal', servicePort: 9000 })) },
      'extraPorts[0].servicePort = 9000: the Service of furtherExposures[0] offers another port under this number. Give each offered port a servicePort of its own.',
    );
  });

  test('of a headless one have the numbers of the pods, once each', () => {
    const ports = [{ name: 'quic', port: 8080, servicePort: 443, protocol: Protocol.UDP }];
    const sidecars = [{ name: 'quic', image: 'quic:1.2', ports }];
    expectRefused(
      { sidecars, exposure: Exposure.headless() },
      'exposure.portNames = 8080: the Service offers TCP under this number, and kubectl apply and Helm 3, which tell ports apart by their number alone, lose one of the two. Write portNames with one of the two.',
    );
    expectAccepted({ sidecars, exposure: Exposure.headless({ portNames: ['quic'] }) });
  });
});

describe('times', () => {
  const nlb = Exposure.awsNlb({ targetType: AwsTargetType.IP, serviceName: 'web-nlb' });

  test('that are too short for a further exposure are refused', () => {
    expectRefused(
      { ...further(nlb), drain: Drain.sleep(seconds(30)), rollout: { minReady: seconds(10) } },
      'drain = 30 s: behind an AWS NLB with IP targets connections arrive for up to 135 s (15 s until every node and controller has heard that the pod goes + 120 s until a deregistered target gets no new connection). Write Drain.sleep(Duration.seconds(135)) or more, or leave the prop out, or write acceptDowntimeOnRollout: true.',
      'rollout.minReady = 10 s: an AWS NLB with IP targets takes up to 220 s until it sends to a new pod (180 s until a new target is checked + 40 s for 3 health checks and one more, every 10 s), so old ones would go before. Write Duration.seconds(220) or more, or leave the prop out, or write acceptDowntimeOnRollout: true.',
    );
  });

  test('of a headless Service too', () => {
    expectRefused(
      { exposure: Exposure.headless(), drain: Drain.sleep(seconds(15)) },
      'drain = 15 s: behind a headless Service connections arrive for up to 45 s (15 s until every node and controller has heard that the pod goes + 30 s for which clients keep an answer of DNS). Write Drain.sleep(Duration.seconds(45)) or more, or leave the prop out, or write acceptDowntimeOnRollout: true.',
    );
  });
});

describe('a drain proxy', () => {
  test('that does not speak what a further Service says is refused', () => {
    expectRefused(
      {
        drainProxy: DrainProxy.haproxy(),
        ...further(Exposure.clusterIp({ serviceName: 'web-internal', appProtocol: 'kubernetes.io/h2c' })),
      },
      `furtherExposures[0].appProtocol = "kubernetes.io/h2c": the proxy of drainProxy speaks HTTP/1.1 without TLS, so an ingress controller or gateway that follows it gets no answer. Write appProtocol: 'http' if that is what the application speaks, else DrainProxy.haproxy({ http2: true }) for HTTP/2 or no drainProxy.`,
    );
  });

  const passed = (path: string) =>
    `the targetPort of Service "internal" = 8080: ${path} leads past the proxy of drainProxy, so clients that keep their connections would not hear that a pod goes. Write furtherExposures: [Exposure.clusterIp({ serviceName: 'internal' })] in its place.`;

  test('that a Service of cdk8s-plus leads past is refused', () => {
    expectRefusedAtSynth(
      { drainProxy: DrainProxy.haproxy() },
      ({ deployment }) => deployment.exposeViaService({ name: 'internal' }),
      passed('chart/web/Deployment/internalService/Resource'),
    );
  });

  test.each<[string, Props, ServicePort]>([
    ['of another port', {}, { port: 80, targetPort: 9000 }],
    ['of another protocol', {}, { port: 80, targetPort: 8080, protocol: Protocol.UDP }],
    ['where there is no proxy', { drainProxy: undefined }, { port: 80, targetPort: 8080 }],
  ])('is not passed by a Service %s', (_, props, port) => {
    const chart = newChart();
    const extraPorts = [{ name: 'admin', port: 9000 }];
    const { deployment } = addWeb(chart, { drainProxy: DrainProxy.haproxy(), extraPorts, ...props });
    deployment.exposeViaService({ name: 'other', ports: [port] });
    expect(yamlOf(chart).filter(({ kind }) => kind === 'Service')).toHaveLength(2);
  });

  test('is not passed by a Service that asks for one label more', () => {
    const chart = newChart();
    const { deployment } = addWeb(chart, { drainProxy: DrainProxy.haproxy() });
    new KubeService(chart, 'Worker', {
      metadata: { name: 'worker' },
      spec: {
        selector: { ...deployment.podMetadata.toJson().labels, component: 'worker' },
        ports: [{ port: 80, targetPort: IntOrString.fromNumber(8080) }],
      },
    });
    expect(yamlOf(chart).filter(({ kind }) => kind === 'Service')).toHaveLength(2);
  });
});

test('a readiness gate of a further exposure needs the label of the namespace', () => {
  const chart = newChart('shop');
  new Namespace(chart, 'Namespace', { metadata: { name: 'shop' } });
  const nlb = { targetType: AwsTargetType.IP, readinessGate: true, serviceName: 'web-nlb' };
  addWeb(chart, further(Exposure.awsNlb(nlb)));
  expectSynthError(chart, [
    "[chart/web] furtherExposures[0].readinessGate = true: the namespace 'shop' does not have the label elbv2.k8s.aws/pod-readiness-gate-inject: enabled, so no pod would get a gate, and old pods would go before the load balancer sends to new ones. Give the Namespace the label, or leave readinessGate out.",
  ]);
});
