import { App, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { check, parseManifests } from 'zero-downtime';
import {
  AwsTargetType,
  Drain,
  Exposure,
  ExternalTrafficPolicy,
  HttpPath,
  type LoadBalancerOptions,
} from '../src';
import { addWeb, newChart, objectOf, type Props, render, type Rendered, yamlOf } from './helpers';

const { seconds } = Duration;
const LOCAL = { externalTrafficPolicy: ExternalTrafficPolicy.LOCAL };
const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };

/** The numbers that depend on the exposure. */
function times(exposure: Exposure, props: Props = {}) {
  const { container, podSpec, deployment } = render({ exposure, ...props });
  return {
    drain: container.lifecycle.preStop.sleep.seconds,
    minReady: deployment.spec.minReadySeconds ?? 0,
    grace: podSpec.terminationGracePeriodSeconds,
    deadline: deployment.spec.progressDeadlineSeconds,
  };
}

const annotationsOf = ({ deployment }: Rendered) => deployment.metadata.annotations;
const PREFIX = 'zero-downtime';
const HEARD = '15 s until every node and controller has heard that the pod goes';

describe('an AWS NLB', () => {
  const { IP, INSTANCE } = AwsTargetType;
  const AWS = 'service.beta.kubernetes.io/aws-load-balancer';

  test('with IP targets has its annotations, and the class of the AWS Load Balancer Controller', () => {
    const { service } = render({ exposure: Exposure.awsNlb({ targetType: IP }) });
    expect(service.metadata.annotations).toEqual({
      [`${AWS}-nlb-target-type`]: 'ip',
      [`${AWS}-scheme`]: 'internet-facing',
      [`${AWS}-healthcheck-interval`]: '10',
      [`${AWS}-healthcheck-unhealthy-threshold`]: '3',
      [`${AWS}-healthcheck-healthy-threshold`]: '3',
      [`${AWS}-target-group-attributes`]: 'deregistration_delay.timeout_seconds=120',
    });
    expect(service.spec).toMatchObject({ type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' });
  });

  test('has what is asked for', () => {
    const exposure = Exposure.awsNlb({
      targetType: INSTANCE,
      internalLoadBalancer: true,
      healthCheckInterval: seconds(5),
      unhealthyThreshold: 2,
      healthyThreshold: 4,
      deregistrationDelay: seconds(0),
      targetGroupAttributes: { 'proxy_protocol_v2.enabled': 'true' },
    });
    expect(render({ exposure }).service.metadata.annotations).toEqual({
      [`${AWS}-nlb-target-type`]: 'instance',
      [`${AWS}-scheme`]: 'internal',
      [`${AWS}-healthcheck-interval`]: '5',
      [`${AWS}-healthcheck-unhealthy-threshold`]: '2',
      [`${AWS}-healthcheck-healthy-threshold`]: '4',
      [`${AWS}-target-group-attributes`]:
        'deregistration_delay.timeout_seconds=0,proxy_protocol_v2.enabled=true',
    });
  });

  test('with instance targets and Local does not cut what is in flight to the last pod of a node', () => {
    const { service } = render({ exposure: Exposure.awsNlb({ targetType: INSTANCE, ...LOCAL }) });
    expect(service.metadata.annotations[`${AWS}-target-group-attributes`]).toBe(
      'deregistration_delay.timeout_seconds=120,target_health_state.unhealthy.connection_termination.enabled=false',
    );
  });

  test('with IP targets: 120 s to deregister, 180 s and 4 checks to register', () => {
    expect(times(Exposure.awsNlb({ targetType: IP }))).toEqual({
      drain: 135,
      minReady: 220,
      grace: 165,
      deadline: 820,
    });
  });

  test('with IP targets: more checks make the registration longer', () => {
    const minReady = (options: object) => times(Exposure.awsNlb({ targetType: IP, ...options })).minReady;
    expect(minReady({ healthCheckInterval: seconds(30) })).toBe(300);
    expect(minReady({ healthyThreshold: 2 })).toBe(210);
    expect(minReady({ unhealthyThreshold: 9 })).toBe(220);
  });

  test('with IP targets: a pod lives for as long as connections to it are kept', () => {
    const grace = (delay: number, props: Props = {}) =>
      times(Exposure.awsNlb({ targetType: IP, deregistrationDelay: seconds(delay) }), props).grace;
    expect(grace(150)).toBe(165);
    expect(grace(151)).toBe(166);
    expect(grace(300)).toBe(315);
    expect(grace(300, { shutdownBudget: seconds(200) })).toBe(335);
    expect(grace(300, { pod: { terminationGracePeriod: seconds(400) } })).toBe(400);
  });

  test('with a readiness gate a pod is ready late, and the rollout waits for that', () => {
    expect(times(Exposure.awsNlb({ targetType: IP, readinessGate: true }))).toEqual({
      drain: 135,
      minReady: 0,
      grace: 165,
      deadline: 820,
    });
  });

  test('with instance targets is none of the pods business, unless the policy is Local', () => {
    const options = { targetType: INSTANCE, deregistrationDelay: seconds(3600) };
    const asEver = { drain: 15, minReady: 0, grace: 45, deadline: 600 };
    expect(times(Exposure.awsNlb(options))).toEqual(asEver);
    expect(times(Exposure.awsNlb({ ...options, ...LOCAL }))).toEqual({
      drain: 95,
      minReady: 80,
      grace: 125,
      deadline: 680,
    });
  });
});

describe('a load balancer that sends to nodes', () => {
  const CLOUDS: [string, (options?: LoadBalancerOptions) => Exposure, object, object][] = [
    [
      'GKE',
      Exposure.gke,
      { 'cloud.google.com/l4-rbs': 'enabled' },
      { drain: 47, minReady: 32, grace: 77, deadline: 632 },
    ],
    [
      'GKE, internal',
      (options) => Exposure.gke({ ...options, internalLoadBalancer: true }),
      { 'networking.gke.io/load-balancer-type': 'Internal' },
      { drain: 47, minReady: 32, grace: 77, deadline: 632 },
    ],
    [
      'Azure',
      Exposure.azure,
      {
        'service.beta.kubernetes.io/azure-load-balancer-health-probe-interval': '5',
        'service.beta.kubernetes.io/azure-load-balancer-health-probe-num-of-probe': '2',
      },
      { drain: 30, minReady: 15, grace: 60, deadline: 615 },
    ],
    [
      'Azure, internal, with its own health check',
      (options) =>
        Exposure.azure({
          ...options,
          internalLoadBalancer: true,
          healthCheckInterval: seconds(10),
          unhealthyThreshold: 4,
        }),
      {
        'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
        'service.beta.kubernetes.io/azure-load-balancer-health-probe-interval': '10',
        'service.beta.kubernetes.io/azure-load-balancer-health-probe-num-of-probe': '4',
      },
      { drain: 65, minReady: 50, grace: 95, deadline: 650 },
    ],
    [
      'DigitalOcean',
      Exposure.digitalOcean,
      {
        'service.beta.kubernetes.io/do-loadbalancer-healthcheck-check-interval-seconds': '3',
        'service.beta.kubernetes.io/do-loadbalancer-healthcheck-unhealthy-threshold': '3',
        'service.beta.kubernetes.io/do-loadbalancer-healthcheck-healthy-threshold': '5',
      },
      { drain: 32, minReady: 23, grace: 62, deadline: 623 },
    ],
    [
      'DigitalOcean, with its own health check',
      (options) =>
        Exposure.digitalOcean({
          ...options,
          healthCheckInterval: seconds(4),
          unhealthyThreshold: 6,
          healthyThreshold: 2,
        }),
      {
        'service.beta.kubernetes.io/do-loadbalancer-healthcheck-check-interval-seconds': '4',
        'service.beta.kubernetes.io/do-loadbalancer-healthcheck-unhealthy-threshold': '6',
        'service.beta.kubernetes.io/do-loadbalancer-healthcheck-healthy-threshold': '2',
      },
      { drain: 48, minReady: 33, grace: 78, deadline: 633 },
    ],
    [
      'MetalLB',
      (options) =>
        Exposure.metalLb({ ...options, addressPool: 'public', addresses: ['192.0.2.10', '2001:db8::10'] }),
      { 'metallb.io/address-pool': 'public', 'metallb.io/loadBalancerIPs': '192.0.2.10,2001:db8::10' },
      { drain: 25, minReady: 10, grace: 55, deadline: 610 },
    ],
    [
      'kube-vip',
      (options) => Exposure.kubeVip({ ...options, addresses: ['192.0.2.10'] }),
      { 'kube-vip.io/loadbalancerIPs': '192.0.2.10' },
      { drain: 23, minReady: 8, grace: 53, deadline: 608 },
    ],
  ];

  test.each(CLOUDS)('%s: has its annotations, and no class', (_, exposure, annotations) => {
    const { service } = render({ exposure: exposure() });
    expect(service.metadata.annotations).toEqual(annotations);
    expect(service.spec.type).toBe('LoadBalancer');
    expect(service.spec).not.toHaveProperty('loadBalancerClass');
  });

  test.each(CLOUDS)('%s: with Local the pods wait for its health checks', (_, exposure, __, expected) => {
    expect(times(exposure(LOCAL))).toEqual(expected);
  });

  test.each(CLOUDS)('%s: with Cluster, or no policy, they do not', (_, exposure) => {
    const asEver = { drain: 15, minReady: 0, grace: 45, deadline: 600 };
    expect(times(exposure())).toEqual(asEver);
    expect(times(exposure({ externalTrafficPolicy: ExternalTrafficPolicy.CLUSTER }))).toEqual(asEver);
  });

  test('MetalLB and kube-vip need no annotation, and can have a class', () => {
    for (const exposure of [Exposure.metalLb(), Exposure.kubeVip()]) {
      expect(render({ exposure }).service.metadata).not.toHaveProperty('annotations');
    }
    const loadBalancerClass = 'example.com/lb';
    for (const exposure of [
      Exposure.metalLb({ loadBalancerClass }),
      Exposure.kubeVip({ loadBalancerClass }),
    ]) {
      expect(render({ exposure }).service.spec.loadBalancerClass).toBe(loadBalancerClass);
    }
  });

  test('the Service keeps the other settings that are asked for', () => {
    const { service } = render({
      exposure: Exposure.gke({
        serviceAnnotations: { 'example.com/team': 'shop', 'cloud.google.com/l4-rbs': 'enabled' },
        loadBalancerSourceRanges: ['203.0.113.0/24'],
        ...LOCAL,
      }),
    });
    expect(service.metadata.annotations).toEqual({
      'cloud.google.com/l4-rbs': 'enabled',
      'example.com/team': 'shop',
    });
    expect(service.spec).toMatchObject({
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      externalTrafficPolicy: 'Local',
    });
  });
});

describe('only within the cluster', () => {
  test('there is a Service of type ClusterIP, and nothing else changes', () => {
    const plain = render();
    const inside = render({ exposure: Exposure.clusterIp() });
    expect(inside.service).toEqual({ ...plain.service, spec: { ...plain.service.spec, type: 'ClusterIP' } });
    expect(inside.deployment).toEqual(plain.deployment);
  });
});

describe('an Ingress', () => {
  test('leads every request to the Service', () => {
    const chart = newChart();
    const web = addWeb(chart, { exposure: Exposure.ingress({ servicePort: 8000 }) });
    expect(objectOf(chart, 'Service').spec.type).toBe('ClusterIP');
    expect(objectOf(chart, 'Ingress')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', labels: LABELS },
      spec: {
        rules: [
          {
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'web', port: { number: 8000 } } },
                },
              ],
            },
          },
        ],
      },
    });
    expect(web.ingress?.name).toBe('web');
    expect(web.httpRoute).toBeUndefined();
  });

  test('has class, host, path, certificate and annotations, and the name of the Service', () => {
    const chart = newChart();
    addWeb(chart, {
      exposure: Exposure.ingress({
        ingressClassName: 'nginx',
        hostnames: ['shop.example.com'],
        paths: [HttpPath.exact('/cart')],
        tlsSecret: Secret.fromSecretName(chart, 'tls', 'shop-tls'),
        ingressAnnotations: { 'example.com/team': 'shop' },
        serviceName: 'front',
      }),
      extraPorts: [{ name: 'tls', port: 8443, servicePort: 443 }],
    });
    expect(objectOf(chart, 'Ingress')).toMatchObject({
      metadata: { name: 'front', annotations: { 'example.com/team': 'shop' } },
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                {
                  path: '/cart',
                  pathType: 'Exact',
                  backend: { service: { name: 'front', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
        tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      },
    });
  });

  test('leads every path of every host to the Service, with one certificate for all hosts', () => {
    const chart = newChart();
    addWeb(chart, {
      exposure: Exposure.ingress({
        hostnames: ['shop.example.com', '*.example.org'],
        paths: [HttpPath.prefix('/cart'), HttpPath.exact('/checkout')],
        tlsSecret: Secret.fromSecretName(chart, 'tls', 'shop-tls'),
      }),
    });
    const { spec } = objectOf(chart, 'Ingress');
    const backend = { service: { name: 'web', port: { number: 80 } } };
    const paths = [
      { path: '/cart', pathType: 'Prefix', backend },
      { path: '/checkout', pathType: 'Exact', backend },
    ];
    expect(spec.rules).toEqual([
      { host: 'shop.example.com', http: { paths } },
      { host: '*.example.org', http: { paths } },
    ]);
    expect(spec.tls).toEqual([{ hosts: ['shop.example.com', '*.example.org'], secretName: 'shop-tls' }]);
  });

  test('can have a certificate without a host, and any path that its controller understands', () => {
    const chart = newChart();
    addWeb(chart, {
      exposure: Exposure.ingress({
        paths: [HttpPath.implementationSpecific('/cart/(.*)')],
        tlsSecret: Secret.fromSecretName(chart, 'tls', 'shop-tls'),
      }),
    });
    const { spec } = objectOf(chart, 'Ingress');
    expect(spec.tls).toEqual([{ secretName: 'shop-tls' }]);
    expect(spec.rules[0].http.paths[0].path).toBe('/cart/(.*)');
  });

  test('takes no time by itself, and what its controller takes if it is said', () => {
    expect(times(Exposure.ingress())).toEqual({ drain: 15, minReady: 0, grace: 45, deadline: 600 });
    const slow = Exposure.ingress({ removalTime: seconds(55), additionTime: seconds(60) });
    expect(times(slow)).toEqual({ drain: 70, minReady: 60, grace: 100, deadline: 660 });
  });

  const SLOW: [string, number, number][] = [
    ['alb', 70, 60],
    ['gce', 120, 60],
    ['gce-internal', 120, 60],
    ['azure-application-gateway', 90, 90],
    ['azure/application-gateway', 90, 90],
  ];
  /** In the two ways in which a class is written; the field takes no `/`. */
  const ofClass = (className: string) => [
    { ingressAnnotations: { 'kubernetes.io/ingress.class': className } },
    ...(className.includes('/') ? [] : [{ ingressClassName: className }]),
  ];

  test.each(SLOW)(
    'of the class %s takes the published times of its controller',
    (className, drain, minReady) => {
      for (const options of ofClass(className)) {
        expect(times(Exposure.ingress(options))).toEqual({
          drain,
          minReady,
          grace: drain + 30,
          deadline: 600 + minReady,
        });
        const shorter = { ...options, removalTime: seconds(20), additionTime: seconds(0) };
        expect(times(Exposure.ingress(shorter))).toMatchObject({ drain: 35, minReady: 0 });
      }
    },
  );

  test.each(SLOW)('of the class %s drains for as long as check asks', (className) => {
    for (const options of ofClass(className)) {
      const chart = newChart();
      addWeb(chart, { exposure: Exposure.ingress(options) });
      const manifests = parseManifests('web.yaml', App.of(chart).synthYaml());
      expect(check(manifests).findings.map(({ rule }) => rule)).not.toContain('pre-stop-too-short');
    }
  });

  test('of another class takes no time', () => {
    for (const options of ['nginx', 'constructor', 'webapprouting.kubernetes.azure.com'].flatMap(ofClass)) {
      expect(times(Exposure.ingress(options))).toMatchObject({ drain: 15, minReady: 0 });
    }
  });
});

describe('an HTTPRoute', () => {
  test('leads every request of the Gateway to the Service', () => {
    const chart = newChart();
    const web = addWeb(chart, { exposure: Exposure.httpRoute({ gateway: 'public' }) });
    expect(objectOf(chart, 'Service').spec.type).toBe('ClusterIP');
    expect(objectOf(chart, 'HTTPRoute')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'web', labels: LABELS },
      spec: {
        parentRefs: [{ name: 'public' }],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ name: 'web', port: 80 }],
          },
        ],
      },
    });
    expect(web.httpRoute?.name).toBe('web');
    expect(web.ingress).toBeUndefined();
  });

  test('has listener, hosts and paths, and the name of the Service', () => {
    const chart = newChart();
    addWeb(chart, {
      exposure: Exposure.httpRoute({
        gateway: 'public',
        gatewayNamespace: 'gateways',
        listener: 'https',
        hostnames: ['shop.example.com', '*.example.org'],
        paths: [HttpPath.prefix('/cart'), HttpPath.exact('/checkout')],
        serviceName: 'front',
        servicePort: 8000,
      }),
    });
    expect(objectOf(chart, 'HTTPRoute')).toMatchObject({
      metadata: { name: 'front' },
      spec: {
        parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
        hostnames: ['shop.example.com', '*.example.org'],
        rules: [
          {
            matches: [
              { path: { type: 'PathPrefix', value: '/cart' } },
              { path: { type: 'Exact', value: '/checkout' } },
            ],
            backendRefs: [{ name: 'front', port: 8000 }],
          },
        ],
      },
    });
  });

  test('takes no time by itself, and what its Gateway takes if it is said', () => {
    const gateway = 'public';
    expect(times(Exposure.httpRoute({ gateway }))).toMatchObject({ drain: 15, minReady: 0 });
    const slow = Exposure.httpRoute({ gateway, removalTime: seconds(105), additionTime: seconds(60) });
    expect(times(slow)).toEqual({ drain: 120, minReady: 60, grace: 150, deadline: 660 });
  });
});

describe('the annotations of the Deployment', () => {
  test('explain what the exposure asks of it', () => {
    const exposure = Exposure.awsNlb({ targetType: AwsTargetType.IP });
    expect(annotationsOf(render({ exposure }))).toEqual({
      [`${PREFIX}/drain`]: `at least 135 s behind an AWS NLB with IP targets: ${HEARD} + 120 s until a deregistered target gets no new connection`,
      [`${PREFIX}/min-ready`]:
        'at least 220 s behind an AWS NLB with IP targets: 180 s until a new target is checked + 40 s for 3 health checks and one more, every 10 s',
      [`${PREFIX}/grace-period`]: `at least 135 s behind an AWS NLB with IP targets: ${HEARD} + 120 s for which connections to it are kept`,
    });
  });

  test('explain a readiness gate instead of minReady', () => {
    const exposure = Exposure.awsNlb({ targetType: AwsTargetType.IP, readinessGate: true });
    const annotations = annotationsOf(render({ exposure }));
    expect(annotations[`${PREFIX}/readiness-gate`]).toBe(
      'at least 220 s behind an AWS NLB with IP targets: 180 s until a new target is checked + 40 s for 3 health checks and one more, every 10 s',
    );
    expect(annotations).not.toHaveProperty(`${PREFIX}/min-ready`);
  });

  test.each([
    [
      Exposure.awsNlb({ targetType: AwsTargetType.INSTANCE, ...LOCAL }),
      `at least 95 s behind an AWS NLB with instance targets: ${HEARD} + 40 s for 3 health checks and one more, every 10 s + 40 s until it acts on them`,
    ],
    [
      Exposure.gke(LOCAL),
      `at least 47 s behind a load balancer of GKE: ${HEARD} + 32 s for 3 health checks and one more, every 8 s`,
    ],
    [
      Exposure.azure(LOCAL),
      `at least 30 s behind a load balancer of Azure: ${HEARD} + 15 s for 2 health checks and one more, every 5 s`,
    ],
    [
      Exposure.digitalOcean(LOCAL),
      `at least 32 s behind a load balancer of DigitalOcean: ${HEARD} + 12 s for 3 health checks and one more, every 3 s + 5 s for a check that gets no answer`,
    ],
    [
      Exposure.metalLb(LOCAL),
      `at least 25 s behind MetalLB: ${HEARD} + 10 s until other nodes announce the address`,
    ],
    [
      Exposure.kubeVip(LOCAL),
      `at least 23 s behind kube-vip: ${HEARD} + 8 s until other nodes announce the address`,
    ],
  ])('name what takes how long: %#', (exposure, drain) => {
    expect(annotationsOf(render({ exposure }))[`${PREFIX}/drain`]).toBe(drain);
  });

  test('name the times that were given for a proxy', () => {
    const times = { removalTime: seconds(55), additionTime: seconds(60) };
    expect(annotationsOf(render({ exposure: Exposure.ingress(times) }))).toEqual({
      [`${PREFIX}/drain`]: `at least 70 s behind an Ingress: ${HEARD} + 55 s of removalTime`,
      [`${PREFIX}/min-ready`]: 'at least 60 s behind an Ingress: 60 s of additionTime',
    });
    const route = Exposure.httpRoute({ gateway: 'public', ...times });
    expect(annotationsOf(render({ exposure: route }))[`${PREFIX}/drain`]).toBe(
      `at least 70 s behind a Gateway: ${HEARD} + 55 s of removalTime`,
    );
  });

  test('are not there where nothing more than the defaults is asked for', () => {
    for (const exposure of [Exposure.gke(), Exposure.clusterIp(), Exposure.ingress()]) {
      expect(render({ exposure }).deployment.metadata).not.toHaveProperty('annotations');
    }
  });

  test('stand beside those of the user', () => {
    const annotations = { 'example.com/team': 'shop' };
    expect(annotationsOf(render({ exposure: Exposure.metalLb(LOCAL), annotations }))).toEqual({
      ...annotations,
      [`${PREFIX}/drain`]: `at least 25 s behind MetalLB: ${HEARD} + 10 s until other nodes announce the address`,
      [`${PREFIX}/min-ready`]: 'at least 10 s behind MetalLB: 10 s until other nodes announce the address',
    });
  });
});

describe('longer than the exposure needs', () => {
  test('drain and minReady can be', () => {
    const longer = { drain: Drain.sleep(seconds(48)), rollout: { minReady: seconds(33) } };
    expect(times(Exposure.gke(LOCAL), longer)).toEqual({
      drain: 48,
      minReady: 33,
      grace: 78,
      deadline: 633,
    });
  });
});

describe('a load balancer of any kind', () => {
  test('is what there is without an exposure', () => {
    const chart = newChart();
    addWeb(chart);
    const objects = yamlOf(chart);
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
    const asked = newChart();
    addWeb(asked, { exposure: Exposure.loadBalancer() });
    expect(yamlOf(asked)).toEqual(objects);
  });

  test('takes as long as is said to follow the pods', () => {
    const propagation = { removalTime: seconds(20), additionTime: seconds(30) };
    const expected = { drain: 35, minReady: 30, grace: 65, deadline: 630 };
    expect(times(Exposure.loadBalancer(propagation))).toEqual(expected);
    expect(times(Exposure.nodePort(propagation))).toEqual(expected);
    expect(annotationsOf(render({ exposure: Exposure.loadBalancer(propagation) }))).toEqual({
      [`${PREFIX}/drain`]: `at least 35 s behind a load balancer: ${HEARD} + 20 s of removalTime`,
      [`${PREFIX}/min-ready`]: 'at least 30 s behind a load balancer: 30 s of additionTime',
    });
  });

  test('that the nodes hand on to their own pods takes as long as is said', () => {
    const propagation = { removalTime: seconds(20), additionTime: seconds(0), ...LOCAL };
    const expected = { drain: 35, minReady: 0, grace: 65, deadline: 600 };
    expect(times(Exposure.loadBalancer(propagation))).toEqual(expected);
    expect(times(Exposure.nodePort(propagation))).toEqual(expected);
  });
});
