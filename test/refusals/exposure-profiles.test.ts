import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Ingress, IngressBackend, Namespace, Service } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  AwsTargetType,
  Drain,
  Exposure,
  ExternalTrafficPolicy,
  HealthCheck,
  type HttpRouteExposureOptions,
  type PropagationTimes,
} from '../../src';
import { addWeb, expectAccepted, expectRefused, expectSynthError, newChart, yamlOf } from '../helpers';

const { seconds } = Duration;
const { IP, INSTANCE } = AwsTargetType;
const { LOCAL, CLUSTER } = ExternalTrafficPolicy;
const HEARD = '15 s until every node and controller has heard that the pod goes';

describe('a drain that is too short for the exposure', () => {
  const gke = { exposure: Exposure.gke({ externalTrafficPolicy: LOCAL }) };

  test('is refused', () => {
    expectRefused(
      { ...gke, drain: Drain.sleep(seconds(46)) },
      `drain = 46 s: behind a load balancer of GKE connections arrive for up to 47 s (${HEARD} + 32 s for 3 health checks and one more, every 8 s). Write Drain.sleep(Duration.seconds(47)) or more, or leave the prop out, or write acceptDowntimeOnRollout: true.`,
    );
    expectAccepted({ ...gke, drain: Drain.sleep(seconds(47)) });
    expectAccepted({ ...gke, drain: Drain.execSleep(seconds(46)), acceptDowntimeOnRollout: true });
  });

  test('is taken where the exposure asks for no more than the default', () => {
    for (const exposure of [undefined, Exposure.gke(), Exposure.clusterIp()]) {
      expectAccepted({ exposure, drain: Drain.sleep(seconds(5)) });
    }
  });

  test('takes its time of the grace period, as ever', () => {
    expectRefused(
      { ...gke, pod: { terminationGracePeriod: seconds(76) } },
      'pod.terminationGracePeriod = 76 s: the drain takes 47 s of it and the application gets 30 s to finish its requests, so the kubelet would kill it with requests in flight. Write Duration.seconds(77) or more, or leave the prop out and set shutdownBudget.',
    );
    expectAccepted({ ...gke, pod: { terminationGracePeriod: seconds(77) } });
  });
});

describe('a minReady that is too short for the exposure', () => {
  const aws = { exposure: Exposure.awsNlb({ targetType: IP }) };

  test.each([0, 219])('of %i s is refused', (given) => {
    expectRefused(
      { ...aws, rollout: { minReady: seconds(given) } },
      `rollout.minReady = ${given} s: an AWS NLB with IP targets takes up to 220 s until it sends to a new pod (180 s until a new target is checked + 40 s for 3 health checks and one more, every 10 s), so old ones would go before. Write Duration.seconds(220) or more, or leave the prop out, or write acceptDowntimeOnRollout: true.`,
    );
    expectAccepted({ ...aws, rollout: { minReady: seconds(given) }, acceptDowntimeOnRollout: true });
  });

  test('is taken from there on, and where a readiness gate waits', () => {
    expectAccepted({ ...aws, rollout: { minReady: seconds(220) } });
    expectAccepted({
      exposure: Exposure.awsNlb({ targetType: IP, readinessGate: true }),
      rollout: { minReady: seconds(0) },
    });
  });
});

describe('a progressDeadline', () => {
  test('that is over before the readiness gate opens is refused', () => {
    const exposure = Exposure.awsNlb({ targetType: IP, readinessGate: true });
    expectRefused(
      { exposure: exposure, rollout: { progressDeadline: seconds(520) } },
      'rollout.progressDeadline = 520 s: a pod may take 520 s (startupBudget or a longer readiness initialDelay, + minReady, + 220 s of the readiness gate), so a healthy rollout would be reported as failed. Write Duration.seconds(820) or leave the prop out.',
    );
    expectAccepted({ exposure: exposure, rollout: { progressDeadline: seconds(521) } });
  });

  test('that is over before the readiness gate opens is refused, sidecars included', () => {
    const exposure = Exposure.awsNlb({ targetType: IP, readinessGate: true });
    const sidecars = [{ name: 'proxy', image: 'proxy:1', readiness: HealthCheck.command(['/ready']) }];
    expectRefused(
      { exposure: exposure, sidecars, rollout: { progressDeadline: seconds(820) } },
      'rollout.progressDeadline = 820 s: a pod may take 820 s (startupBudget or a longer readiness initialDelay, the same for each sidecar with readiness, + minReady, + 220 s of the readiness gate), so a healthy rollout would be reported as failed. Write Duration.seconds(1120) or leave the prop out.',
    );
    expectAccepted({ exposure: exposure, sidecars, rollout: { progressDeadline: seconds(821) } });
  });
});

describe('a deregistration that is longer than the grace period', () => {
  const exposure = Exposure.awsNlb({ targetType: IP, deregistrationDelay: seconds(300) });

  test('is refused', () => {
    expectRefused(
      { exposure: exposure, pod: { terminationGracePeriod: seconds(314) } },
      `pod.terminationGracePeriod = 314 s: an AWS NLB with IP targets keeps connections to a pod that goes for up to 315 s (${HEARD} + 300 s for which connections to it are kept). Write Duration.seconds(315) or more, or leave the prop out, or give the exposure a shorter deregistrationDelay.`,
    );
    expectAccepted({ exposure: exposure, pod: { terminationGracePeriod: seconds(315) } });
    expectAccepted({
      exposure: exposure,
      pod: { terminationGracePeriod: seconds(314) },
      acceptDowntimeOnRollout: true,
    });
  });
});

describe('a second word on what the exposure says', () => {
  test.each([LOCAL, CLUSTER])('externalTrafficPolicy %s is refused where pods are the targets', (policy) => {
    expectRefused(
      { exposure: Exposure.awsNlb({ targetType: IP, externalTrafficPolicy: policy }) },
      `exposure.externalTrafficPolicy = "${policy}": an AWS NLB with IP targets sends to the pods, so no node passes traffic on. Leave it out, or write an exposure that sends to nodes.`,
    );
    expectAccepted({ exposure: Exposure.awsNlb({ targetType: INSTANCE, externalTrafficPolicy: policy }) });
  });

  const CLOUD = 'service.beta.kubernetes.io';
  type WithAnnotations = (options: { serviceAnnotations?: Record<string, string> }) => Exposure;
  const awsNlb =
    (targetType: AwsTargetType): WithAnnotations =>
    (options) =>
      Exposure.awsNlb({ targetType, ...options });
  const { gke, azure, digitalOcean } = Exposure;
  const metalLb: WithAnnotations = (options) => Exposure.metalLb({ addressPool: 'public', ...options });
  const ANNOTATIONS: [WithAnnotations, string, string][] = [
    [awsNlb(INSTANCE), `${CLOUD}/aws-load-balancer-nlb-target-type`, 'ip'],
    [awsNlb(IP), `${CLOUD}/aws-load-balancer-healthcheck-interval`, '30'],
    [awsNlb(INSTANCE), `${CLOUD}/aws-load-balancer-type`, 'nlb-ip'],
    [awsNlb(INSTANCE), `${CLOUD}/aws-load-balancer-internal`, 'true'],
    [gke, 'cloud.google.com/l4-rbs', 'disabled'],
    [azure, `${CLOUD}/azure-load-balancer-health-probe-interval`, '60'],
    [azure, `${CLOUD}/port_80_health-probe_num-of-probe`, '9'],
    [azure, `${CLOUD}/port_8443_health-probe_interval`, '60'],
    [digitalOcean, `${CLOUD}/do-loadbalancer-healthcheck-unhealthy-threshold`, '9'],
    [digitalOcean, `${CLOUD}/do-loadbalancer-healthcheck-response-timeout-seconds`, '60'],
    [metalLb, 'metallb.io/address-pool', 'internal'],
  ];
  test.each(ANNOTATIONS)('an annotation is refused: %#', (exposure, key, value) => {
    const reason =
      'exposure decides this, and drain and minReady follow from what it decides. Remove the annotation, and write what it says as an option of the exposure.';
    const annotations = { 'example.com/team': 'shop', [key]: value };
    expectRefused(
      { exposure: exposure({ serviceAnnotations: annotations }) },
      `exposure.serviceAnnotations['${key}'] = "${value}": ${reason}`,
    );
    expectRefused({ exposure: exposure({}), annotations }, `annotations['${key}'] = "${value}": ${reason}`);
    expectAccepted({ exposure: exposure({ serviceAnnotations: { 'example.com/team': 'shop' } }) });
    expectAccepted({
      exposure: Exposure.loadBalancer({ serviceAnnotations: { [key]: value } }),
      drain: Drain.sleep(seconds(135)),
    });
  });

  test('an annotation that says the same is taken', () => {
    expectAccepted({
      exposure: Exposure.azure({
        serviceAnnotations: { [`${CLOUD}/azure-load-balancer-health-probe-interval`]: '5' },
      }),
    });
  });

  test('an attribute of the target group is refused', () => {
    const deregistration = 'deregistration_delay.timeout_seconds';
    expectRefused(
      { exposure: Exposure.awsNlb({ targetType: IP, targetGroupAttributes: { [deregistration]: '300' } }) },
      `exposure.targetGroupAttributes['deregistration_delay.timeout_seconds'] = "300": the exposure makes it 120, and drain and minReady count on that. Remove the attribute; deregistrationDelay is an option of its own.`,
    );
    const targetGroupAttributes = {
      [deregistration]: '120',
      'target_health_state.unhealthy.connection_termination.enabled': 'true',
    };
    expectAccepted({ exposure: Exposure.awsNlb({ targetType: INSTANCE, targetGroupAttributes }) });
    expectRefused(
      {
        exposure: Exposure.awsNlb({
          targetType: INSTANCE,
          targetGroupAttributes,
          externalTrafficPolicy: LOCAL,
        }),
      },
      `exposure.targetGroupAttributes['target_health_state.unhealthy.connection_termination.enabled'] = "true": the exposure makes it false, and drain and minReady count on that. Remove the attribute; deregistrationDelay is an option of its own.`,
    );
  });
});

describe('annotations of a load balancer of any kind', () => {
  const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
  const annotated = (key: string, value: string, times: PropagationTimes = {}) => ({
    exposure: Exposure.loadBalancer({ serviceAnnotations: { [PREFIX + key]: value }, ...times }),
  });

  test.each([
    ['nlb-target-type', 'ip'],
    ['type', 'nlb-ip'],
  ])('%s: %s is refused where the defaults do not wait for the load balancer', (key, value) => {
    expectRefused(
      annotated(key, value),
      `exposure.serviceAnnotations['${PREFIX}${key}'] = "${value}": the load balancer then sends to a pod for minutes after it has to go, and takes minutes until it sends to a new one, which the defaults of drain and minReady do not wait for. Write exposure: Exposure.awsNlb({ targetType: AwsTargetType.IP }) instead, or the removalTime and additionTime that it needs too.`,
    );
    expectAccepted({ ...annotated(key, value), drain: Drain.sleep(seconds(135)) });
    expectAccepted(annotated(key, value, { removalTime: seconds(120) }));
    expectAccepted({ ...annotated(key, value), acceptDowntimeOnRollout: true });
  });

  test.each([
    ['nlb-target-type', 'instance'],
    ['type', 'external'],
  ])('%s: %s is taken', (key, value) => {
    expectAccepted(annotated(key, value));
  });

  test.each([
    'aws-load-balancer-nlb-target-type',
    'azure-load-balancer-internal',
    'do-loadbalancer-protocol',
  ])('%s is refused on a Service that has no load balancer', (name) => {
    const key = `service.beta.kubernetes.io/${name}`;
    const serviceAnnotations = { [key]: 'ip' };
    for (const [type, exposure] of [
      ['NodePort', Exposure.nodePort({ serviceAnnotations })],
      ['ClusterIP', Exposure.clusterIp({ serviceAnnotations })],
      ['ClusterIP', Exposure.ingress({ serviceAnnotations })],
    ] as const) {
      expectRefused(
        { exposure },
        `exposure.serviceAnnotations['${key}'] = "ip": a Service of type ${type} has no load balancer that it could configure. Remove the annotation, or write an exposure with a load balancer.`,
      );
    }
    expectAccepted({ exposure: Exposure.loadBalancer({ serviceAnnotations: { [key]: 'true' } }) });
  });
});

describe('what a cloud does not accept', () => {
  const aws = (options: object) => ({ exposure: Exposure.awsNlb({ targetType: IP, ...options }) });
  const azure = (options: object) => ({ exposure: Exposure.azure(options) });
  const digitalOcean = (options: object) => ({ exposure: Exposure.digitalOcean(options) });
  const SECONDS = 'it has to be a whole number of seconds';

  test.each([
    [aws({ healthCheckInterval: seconds(4) }), `healthCheckInterval = 4 s: ${SECONDS} from 5 to 300`, 5],
    [
      aws({ healthCheckInterval: seconds(301) }),
      `healthCheckInterval = 301 s: ${SECONDS} from 5 to 300`,
      300,
    ],
    [azure({ healthCheckInterval: seconds(4) }), `healthCheckInterval = 4 s: ${SECONDS} of at least 5`, 5],
    [
      digitalOcean({ healthCheckInterval: seconds(2) }),
      `healthCheckInterval = 2 s: ${SECONDS} from 3 to 300`,
      3,
    ],
    [
      digitalOcean({ healthCheckInterval: seconds(301) }),
      `healthCheckInterval = 301 s: ${SECONDS} from 3 to 300`,
      300,
    ],
    [
      aws({ deregistrationDelay: seconds(3601) }),
      `deregistrationDelay = 3601 s: ${SECONDS} from 0 to 3600`,
      3600,
    ],
    [
      { exposure: Exposure.ingress({ removalTime: Duration.millis(1500) }) },
      `removalTime = 1.5 s: ${SECONDS} from 0 to 3600`,
      2,
    ],
    [
      { exposure: Exposure.httpRoute({ gateway: 'public', additionTime: Duration.millis(1500) }) },
      `additionTime = 1.5 s: ${SECONDS} from 0 to 3600`,
      2,
    ],
  ])('a time is refused: %#', (props, message, nearest) => {
    expectRefused(props, `exposure.${message}. Write Duration.seconds(${nearest}).`);
  });

  test.each([
    [aws({ unhealthyThreshold: 1 }), 'unhealthyThreshold = 1: it has to be a whole number from 2 to 10', 2],
    [aws({ healthyThreshold: 11 }), 'healthyThreshold = 11: it has to be a whole number from 2 to 10', 10],
    [
      azure({ unhealthyThreshold: 1 }),
      'unhealthyThreshold = 1: it has to be a whole number of at least 2',
      2,
    ],
    [
      digitalOcean({ unhealthyThreshold: 11 }),
      'unhealthyThreshold = 11: it has to be a whole number from 2 to 10',
      10,
    ],
    [
      digitalOcean({ healthyThreshold: 1 }),
      'healthyThreshold = 1: it has to be a whole number from 2 to 10',
      2,
    ],
  ])('a number of checks is refused: %#', (props, message, nearest) => {
    expectRefused(props, `exposure.${message}. Write ${nearest}.`);
  });

  test('the limits themselves are taken', () => {
    const least = { healthCheckInterval: seconds(5), unhealthyThreshold: 2 };
    const most = { healthCheckInterval: seconds(300), unhealthyThreshold: 10, healthyThreshold: 10 };
    for (const exposure of [
      Exposure.awsNlb({ targetType: IP, ...least, healthyThreshold: 2, deregistrationDelay: seconds(3600) }),
      Exposure.awsNlb({ targetType: IP, ...most }),
      Exposure.azure(least),
      Exposure.digitalOcean({
        healthCheckInterval: seconds(3),
        unhealthyThreshold: 2,
        healthyThreshold: 2,
      }),
      Exposure.digitalOcean(most),
    ]) {
      expectAccepted({ exposure });
    }
  });

  test('checks of Azure that take two minutes are refused', () => {
    expectRefused(
      azure({ healthCheckInterval: seconds(40), unhealthyThreshold: 3 }),
      'exposure.unhealthyThreshold = 3: with a health check every 40 s it takes 120 s, and Azure accepts less than 120 s. Write a lower unhealthyThreshold or a shorter healthCheckInterval.',
    );
    expectAccepted(azure({ healthCheckInterval: seconds(17), unhealthyThreshold: 7 }));
  });

  test.each(['', 'example.com', '192.0.2', '192.0.2.300'])('the address "%s" is refused', (address) => {
    for (const exposure of [
      Exposure.metalLb({ addresses: ['192.0.2.10', address] }),
      Exposure.kubeVip({ addresses: ['192.0.2.10', address] }),
    ]) {
      expectRefused(
        { exposure },
        `exposure.addresses[1] = "${address}": the Service would get no address: each has to be an IP address, at most one of each family. Write for example ['192.0.2.10'] or ['192.0.2.10', '2001:db8::10'].`,
      );
    }
  });

  test.each(['192.0.2.10', '192.0.2.11'])('a second address of a family is refused: %s', (address) => {
    expectRefused(
      { exposure: Exposure.metalLb({ addresses: ['192.0.2.10', '2001:db8::10', address] }) },
      `exposure.addresses[2] = "${address}": the Service would get no address: each has to be an IP address, at most one of each family. Write for example ['192.0.2.10'] or ['192.0.2.10', '2001:db8::10'].`,
    );
  });
});

describe('names that an exposure needs', () => {
  const rule = (option: string, value: string, example: string) =>
    `exposure.${option} = "${value}": Kubernetes does not take it as a name. Write for example ${option}: '${example}'.`;

  test.each(['', 'Public', 'a b'])('the pool "%s" is refused', (addressPool) => {
    expectRefused(
      { exposure: Exposure.metalLb({ addressPool }) },
      rule('addressPool', addressPool, 'public'),
    );
  });

  test.each(['', 'a b', 'Example.com/x'])('the class "%s" is refused', (loadBalancerClass) => {
    expectRefused(
      { exposure: Exposure.metalLb({ loadBalancerClass }) },
      rule('loadBalancerClass', loadBalancerClass, 'example.com/metallb'),
    );
    expectRefused(
      { exposure: Exposure.kubeVip({ loadBalancerClass }) },
      rule('loadBalancerClass', loadBalancerClass, 'kube-vip.io/kube-vip-class'),
    );
  });

  test.each(['', 'a b', 'a/b/c'])('the key "%s" of an annotation of an Ingress is refused', (key) => {
    expectRefused(
      { exposure: Exposure.ingress({ ingressAnnotations: { [key]: 'x' } }) },
      `exposure.ingressAnnotations key = "${key}": the API server does not take it as the key of an annotation. Write for example 'nginx.ingress.kubernetes.io/proxy-body-size'.`,
    );
    expectAccepted({ exposure: Exposure.ingress({ ingressAnnotations: { 'Example.com/a': 'x' } }) });
  });

  test.each([
    ['', 'true', "['']"],
    ['a=b', 'true', "['a=b']"],
    ['a', '', '.a'],
    ['a', 'b,c=d', '.a'],
  ])('the attribute "%s=%s" of a target group is refused', (key, value, path) => {
    expectRefused(
      {
        exposure: Exposure.awsNlb({ targetType: AwsTargetType.IP, targetGroupAttributes: { [key]: value } }),
      },
      `exposure.targetGroupAttributes${path} = "${value}": all of them are one annotation, in which , ends a value and = a name, so the controller would read others. Write for example { 'preserve_client_ip.enabled': 'true' }.`,
    );
  });
});

describe('a readiness gate', () => {
  const exposure = Exposure.awsNlb({ targetType: IP, readinessGate: true });
  const LABEL = 'elbv2.k8s.aws/pod-readiness-gate-inject';
  const message = `exposure.readinessGate = true: the namespace 'shop' does not have the label ${LABEL}: enabled, so no pod would get a gate, and old pods would go before the load balancer sends to new ones. Give the Namespace the label, or leave readinessGate out.`;

  /** The chart of the service, and a Namespace in a chart that may be another one. */
  function withNamespace(labels: Record<string, string>, name = 'shop', sameChart = true): Chart {
    const chart = newChart('shop');
    const other = new Chart(App.of(chart), 'other', { namespace: 'elsewhere' });
    new Namespace(sameChart ? chart : other, 'Namespace', { metadata: { name, labels } });
    addWeb(chart, { exposure });
    return chart;
  }

  test('with instance targets is refused', () => {
    expectRefused(
      { exposure: Exposure.awsNlb({ targetType: INSTANCE, readinessGate: true }) },
      'exposure.readinessGate = true: targetType is instance, and the load balancer knows only nodes, so no pod would get a gate. Write targetType: AwsTargetType.IP, or leave readinessGate out.',
    );
    expectAccepted({ exposure: Exposure.awsNlb({ targetType: INSTANCE, readinessGate: false }) });
  });

  test.each<Record<string, string>>([{}, { [LABEL]: 'disabled' }])(
    'in a namespace without the label is refused: %j',
    (labels) => {
      expectSynthError(withNamespace(labels), [`[chart/web] ${message}`]);
      expectSynthError(withNamespace(labels, 'shop', false), [`[chart/web] ${message}`]);
    },
  );

  test('in a namespace with the label is taken', () => {
    expect(yamlOf(withNamespace({ [LABEL]: 'enabled' }))).toHaveLength(4);
  });

  test('is taken where the namespace is not in the app', () => {
    expect(yamlOf(withNamespace({}, 'another'))).toHaveLength(4);
    expectAccepted({ exposure });
  });

  test('is what the label is for', () => {
    const chart = newChart('shop');
    new Namespace(chart, 'Namespace', { metadata: { name: 'shop' } });
    addWeb(chart, { exposure: Exposure.awsNlb({ targetType: IP }) });
    expect(yamlOf(chart)).toHaveLength(4);
  });
});

describe('a route', () => {
  const OTHER = { metadata: { name: 'other' }, ports: [{ port: 80 }] };

  const NAMES: [keyof HttpRouteExposureOptions, string][] = [
    ['gateway', 'Public'],
    ['gateway', ''],
    ['gatewayNamespace', 'a.b'],
    ['gatewayNamespace', 'a'.repeat(64)],
    ['listener', 'https_1'],
  ];
  test.each(NAMES)('with %s "%s" is refused', (option, name) => {
    expectRefused(
      { exposure: Exposure.httpRoute({ gateway: 'public', [option]: name }) },
      `exposure.${option} = "${name}": Kubernetes does not take it as a name. Write for example ${option}: 'public'.`,
    );
  });

  test('of a class that cannot be is refused', () => {
    expectRefused(
      { exposure: Exposure.ingress({ ingressClassName: 'NGINX' }) },
      `exposure.ingressClassName = "NGINX": Kubernetes does not take it as a name. Write for example ingressClassName: 'public'.`,
    );
  });

  test('of the same name as another Ingress is refused', () => {
    const chart = newChart();
    addWeb(chart, { exposure: Exposure.ingress() });
    new Ingress(chart, 'Plain', {
      metadata: { name: 'web' },
      rules: [{ path: '/', backend: IngressBackend.fromService(new Service(chart, 'Other', OTHER)) }],
    });
    expectSynthError(chart, [
      '[chart/web] exposure.serviceName = "web": chart/Plain/Resource is an Ingress of this name in the same namespace, and the one applied last would replace the other. Give each a name or a namespace of its own; charts for different clusters belong into different Apps.',
    ]);
  });

  test('of the same name as another HTTPRoute is refused', () => {
    const chart = newChart();
    addWeb(chart, { name: 'shop', exposure: Exposure.httpRoute({ gateway: 'public', serviceName: 'web' }) });
    new ApiObject(chart, 'Plain', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'web' },
    });
    expectSynthError(chart, [
      '[chart/web] exposure.serviceName = "web": chart/Plain is an HTTPRoute of this name in the same namespace, and the one applied last would replace the other. Give each a name or a namespace of its own; charts for different clusters belong into different Apps.',
    ]);
  });
});
