import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  Config,
  Drain,
  Exposure,
  ExternalTrafficPolicy,
  HealthCheck,
  NetworkAccess,
  PodSecurity,
  SessionAffinity,
  type ZeroDowntimeDeploymentProps,
} from '../src';
import { addWeb, newChart, objectOf, render, yamlOf } from './helpers';

const seconds = (n: number) => Duration.seconds(n);

describe('names and labels', () => {
  test('a name replaces the id everywhere', () => {
    const { deployment, service, podDisruptionBudget } = render({ name: 'shop' });
    const labels = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop' };
    for (const object of [deployment, service, podDisruptionBudget]) {
      expect(object.metadata).toEqual({ name: 'shop', labels });
    }
  });

  test('the Service and the container can have names of their own', () => {
    const { deployment, service, container } = render({
      exposure: Exposure.loadBalancer({ serviceName: 'shop' }),
      container: { name: 'app' },
    });
    expect(deployment.metadata.name).toBe('web');
    expect(service.metadata.name).toBe('shop');
    expect(container).toMatchObject({ name: 'app', readinessProbe: { periodSeconds: 5 } });
  });

  test('labels are on all objects and on the pods, podLabels on the pods alone', () => {
    const { deployment, service, podDisruptionBudget } = render({
      selectorLabels: { app: 'web' },
      labels: { team: 'shop' },
      pod: { labels: { tier: 'front' } },
    });
    for (const object of [deployment, service, podDisruptionBudget]) {
      expect(object.metadata.labels).toEqual({ app: 'web', team: 'shop' });
    }
    expect(deployment.spec.template.metadata.labels).toEqual({ app: 'web', team: 'shop', tier: 'front' });
    expect(deployment.spec.selector.matchLabels).toEqual({ app: 'web' });
  });

  test('annotations go to every object, and not to the pods', () => {
    const chart = newChart();
    const certificate = kplus.Secret.fromSecretName(chart, 'Certificate', 'web-tls');
    addWeb(chart, {
      annotations: { team: 'shop' },
      autoscaling: { maxReplicas: 5 },
      config: [Config.env({ LEVEL: 'info' })],
      networkPolicy: NetworkAccess.toServicePorts(),
      exposure: Exposure.ingress({ tlsSecret: certificate }),
    });
    const objects = yamlOf(chart);
    expect(objects).toHaveLength(7);
    for (const { metadata } of objects) {
      expect(metadata.annotations).toMatchObject({ team: 'shop' });
    }
    expect(objectOf(chart, 'Deployment').spec.template.metadata).not.toHaveProperty('annotations');
    const route = newChart();
    addWeb(route, { annotations: { team: 'shop' }, exposure: Exposure.httpRoute({ gateway: 'public' }) });
    expect(objectOf(route, 'HTTPRoute').metadata.annotations).toEqual({ team: 'shop' });
  });

  test('annotations of the pods, the Service and the Ingress are their own', () => {
    const chart = newChart();
    addWeb(chart, {
      annotations: { team: 'shop' },
      pod: { annotations: { b: '2' } },
      exposure: Exposure.ingress({
        serviceAnnotations: { team: 'web', c: '3' },
        ingressAnnotations: { team: 'edge', d: '4' },
      }),
    });
    const deployment = objectOf(chart, 'Deployment');
    expect(deployment.metadata.annotations).toEqual({ team: 'shop' });
    expect(deployment.spec.template.metadata.annotations).toEqual({ b: '2' });
    expect(objectOf(chart, 'Service').metadata.annotations).toEqual({ team: 'web', c: '3' });
    expect(objectOf(chart, 'Ingress').metadata.annotations).toEqual({ team: 'edge', d: '4' });
  });
});

describe('the container', () => {
  test('runs the given program', () => {
    const { container } = render({
      command: ['/app'],
      args: ['--fast', ''],
      container: { workingDir: '/srv' },
    });
    expect(container).toMatchObject({ command: ['/app'], args: ['--fast', ''], workingDir: '/srv' });
  });

  test('gets the given environment', () => {
    const chart = newChart();
    const configMap = kplus.ConfigMap.fromConfigMapName(chart, 'ConfigMap', 'settings');
    addWeb(chart, {
      env: {
        MODE: kplus.EnvValue.fromValue('fast'),
        EMPTY: kplus.EnvValue.fromValue(''),
        COLOUR: kplus.EnvValue.fromConfigMap(configMap, 'colour'),
      },
      envFrom: [kplus.Env.fromConfigMap(configMap, 'P_')],
    });
    expect(objectOf(chart, 'Deployment').spec.template.spec.containers[0]).toMatchObject({
      env: [
        { name: 'MODE', value: 'fast' },
        { name: 'EMPTY', value: '' },
        { name: 'COLOUR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'colour' } } },
      ],
      envFrom: [{ configMapRef: { name: 'settings' }, prefix: 'P_' }],
    });
  });

  const { mebibytes } = Size;
  const { millis } = kplus.Cpu;
  test.each<[kplus.ContainerResources, object]>([
    [{}, { requests: { cpu: '100m', memory: '128Mi' } }],
    [{ cpu: {}, memory: {} }, { requests: { cpu: '100m', memory: '128Mi' } }],
    [{ memory: { request: mebibytes(64) } }, { requests: { cpu: '100m', memory: '64Mi' } }],
    [{ cpu: { request: millis(700) } }, { requests: { cpu: '700m', memory: '128Mi' } }],
    // Kubernetes takes the limit for the request.
    [
      { cpu: { limit: millis(50) }, memory: { limit: mebibytes(64) } },
      { limits: { cpu: '50m', memory: '64Mi' } },
    ],
    [
      { memory: { request: mebibytes(64), limit: Size.gibibytes(1) } },
      { limits: { memory: '1024Mi' }, requests: { cpu: '100m', memory: '64Mi' } },
    ],
    [
      { ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(2) } },
      {
        limits: { 'ephemeral-storage': '2Gi' },
        requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '1Gi' },
      },
    ],
  ])('asks for what is given, and for a little where nothing is: %#', (resources, expected) => {
    const container = { name: 'further', image: 'further:1', resources };
    const { podSpec } = render({ resources, sidecars: [container] });
    expect(podSpec.containers[0].resources).toEqual(expected);
    expect(podSpec.initContainers[0].resources).toEqual(expected);
    expect(render({ initContainers: [container] }).podSpec.initContainers[0].resources).toEqual(expected);
  });

  test('is pulled as asked, with the given secrets', () => {
    const chart = newChart();
    addWeb(chart, {
      container: { imagePullPolicy: kplus.ImagePullPolicy.ALWAYS },
      pod: { imagePullSecrets: ['one', 'two'].map((name) => kplus.Secret.fromSecretName(chart, name, name)) },
    });
    const podSpec = objectOf(chart, 'Deployment').spec.template.spec;
    expect(podSpec.containers[0].imagePullPolicy).toBe('Always');
    expect(podSpec.imagePullSecrets).toEqual([{ name: 'one' }, { name: 'two' }]);
  });

  test('runs under the given service account, with a token only if asked for', () => {
    const chart = newChart();
    addWeb(chart, {
      pod: {
        serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'Account', 'reader'),
        automountServiceAccountToken: true,
      },
    });
    expect(objectOf(chart, 'Deployment').spec.template.spec).toMatchObject({
      serviceAccountName: 'reader',
      automountServiceAccountToken: true,
    });
  });

  test('is the one under `container`', () => {
    const web = addWeb(newChart(), { container: { name: 'app' } });
    expect(web.container).toBe(web.deployment.containers[0]);
    expect(web.container.name).toBe('app');
  });
});

test('props shared by two services carry nothing from one to the other', () => {
  const chart = newChart();
  const props = { env: {}, envFrom: [], volumeMounts: [] };
  const one = addWeb(chart, props, 'one');
  const two = addWeb(chart, props, 'two');
  one.container.env.addVariable('ONLY', kplus.EnvValue.fromValue('one'));
  one.container.env.copyFrom(kplus.Env.fromSecret(kplus.Secret.fromSecretName(chart, 'Secret', 's')));
  one.container.mount('/data', kplus.Volume.fromEmptyDir(chart, 'Data', 'data'));
  expect(props).toEqual({ env: {}, envFrom: [], volumeMounts: [] });
  expect(two.container.env.variables).toEqual({});
  expect(two.container.env.sources).toEqual([]);
  expect(two.container.mounts.map(({ path }) => path)).toEqual(['/tmp']);
});

describe('volumes', () => {
  test("the user's own come beside the writable ones", () => {
    const chart = newChart();
    const volume = kplus.Volume.fromEmptyDir(chart, 'Data', 'data');
    addWeb(chart, { volumeMounts: [{ path: '/data', volume, readOnly: true }] });
    const podSpec = objectOf(chart, 'Deployment').spec.template.spec;
    expect(podSpec.containers[0].volumeMounts).toEqual([
      { mountPath: '/data', name: 'data', readOnly: true },
      { mountPath: '/tmp', name: 'tmp' },
    ]);
    expect(podSpec.volumes.map(({ name }: { name: string }) => name)).toEqual(['data', 'tmp']);
  });

  test("the user's own at a writable path takes its place", () => {
    const chart = newChart();
    const volume = kplus.Volume.fromEmptyDir(chart, 'Scratch', 'scratch');
    addWeb(chart, { volumeMounts: [{ path: '/tmp', volume }] });
    const podSpec = objectOf(chart, 'Deployment').spec.template.spec;
    expect(podSpec.containers[0].volumeMounts).toEqual([{ mountPath: '/tmp', name: 'scratch' }]);
    expect(podSpec.volumes).toEqual([{ name: 'scratch', emptyDir: {} }]);
  });
});

describe('security', () => {
  test('user, group, read-only root and writable paths can be chosen', () => {
    const { podSpec, container } = render({
      security: PodSecurity.restricted({
        runAsUser: 101,
        runAsGroup: 102,
        readOnlyRootFilesystem: false,
        writablePaths: ['/var/cache/Nginx', '/.cache', '/run_1'],
      }),
    });
    expect(podSpec.securityContext).toMatchObject({ runAsUser: 101, runAsGroup: 102, fsGroup: 102 });
    expect(container.securityContext.readOnlyRootFilesystem).toBe(false);
    expect(container.volumeMounts).toEqual([
      { mountPath: '/var/cache/Nginx', name: 'var-cache-nginx' },
      { mountPath: '/.cache', name: 'cache' },
      { mountPath: '/run_1', name: 'run-1' },
    ]);
    expect(podSpec.volumes).toHaveLength(3);
  });

  test('the group is that of the user unless given', () => {
    const { podSpec } = render({ security: PodSecurity.restricted({ runAsUser: 101 }) });
    expect(podSpec.securityContext).toMatchObject({ runAsGroup: 101, fsGroup: 101 });
  });

  test('no writable path means no volume', () => {
    const { podSpec, container } = render({ security: PodSecurity.restricted({ writablePaths: [] }) });
    expect(podSpec).not.toHaveProperty('volumes');
    expect(container).not.toHaveProperty('volumeMounts');
  });

  test('an image can run as its own user, with a writable file system', () => {
    const { podSpec, container } = render({ port: 80, security: PodSecurity.asImageUser() });
    expect(podSpec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({ allowPrivilegeEscalation: false });
    expect(podSpec).not.toHaveProperty('volumes');
  });
});

describe('ports', () => {
  const extraPorts = [
    { name: 'metrics', port: 9090 },
    { name: 'dns', port: 5353, protocol: kplus.Protocol.UDP, servicePort: 53 },
  ];

  test('the container has all of them', () => {
    expect(render({ extraPorts }).container.ports).toEqual([
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
      { name: 'dns', containerPort: 5353, protocol: 'UDP' },
    ]);
  });

  test('the Service offers those with a service port, each found by the name of its own protocol', () => {
    expect(
      render({ portName: 'api', exposure: Exposure.loadBalancer({ servicePort: 443 }), extraPorts }).service
        .spec.ports,
    ).toEqual([
      { name: 'api', port: 443, protocol: 'TCP', targetPort: 'api' },
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
    ]);
  });
});

describe('health checks', () => {
  test('HTTP: path, scheme, headers and patience', () => {
    const readiness = HealthCheck.http('/ready', {
      port: 9090,
      scheme: kplus.ConnectionScheme.HTTPS,
      httpHeaders: { Host: 'shop.example.com' },
      period: seconds(2),
      timeout: seconds(3),
      failureThreshold: 4,
    });
    const { container } = render({ readiness, extraPorts: [{ name: 'admin', port: 9090 }] });
    const httpGet = {
      path: '/ready',
      port: 'admin',
      scheme: 'HTTPS',
      httpHeaders: [{ name: 'Host', value: 'shop.example.com' }],
    };
    expect(container.readinessProbe).toEqual({
      httpGet,
      periodSeconds: 2,
      timeoutSeconds: 3,
      failureThreshold: 4,
    });
    expect(container.startupProbe.httpGet).toEqual(httpGet);
  });

  test('begin after the initial delay, for which the start-up probe does not wait', () => {
    const { container } = render({
      readiness: HealthCheck.tcp({ initialDelay: seconds(30) }),
      liveness: HealthCheck.tcp({ initialDelay: seconds(40) }),
    });
    expect(container.readinessProbe.initialDelaySeconds).toBe(30);
    expect(container.livenessProbe.initialDelaySeconds).toBe(40);
    expect(container.startupProbe).not.toHaveProperty('initialDelaySeconds');
  });

  test('TCP', () => {
    expect(render({ readiness: HealthCheck.tcp() }).container.readinessProbe).toEqual({
      tcpSocket: { port: 'http' },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
  });

  test('gRPC, by number, which is all that Kubernetes takes', () => {
    const { container } = render({ readiness: HealthCheck.grpc({ service: 'shop.v1' }) });
    expect(container.readinessProbe.grpc).toEqual({ port: 8080, service: 'shop.v1' });
    expect(render({ readiness: HealthCheck.grpc() }).container.startupProbe.grpc).toEqual({ port: 8080 });
  });

  test('a command', () => {
    const { container } = render({ readiness: HealthCheck.command(['/ready', '-q']) });
    expect(container.readinessProbe.exec).toEqual({ command: ['/ready', '-q'] });
    expect(container.startupProbe.exec).toEqual({ command: ['/ready', '-q'] });
  });

  test('a check of a port of a sidecar goes by number', () => {
    const { container } = render({ readiness: HealthCheck.http('/', { port: 9901 }) }, (web) => {
      web.deployment.addContainer({ name: 'proxy', image: 'proxy:1', portNumber: 9901 });
    });
    expect(container.readinessProbe.httpGet.port).toBe(9901);
  });

  test('liveness asks every 10 s and restarts after a minute of silence', () => {
    expect(render({ liveness: HealthCheck.http('/live') }).container.livenessProbe).toEqual({
      httpGet: { path: '/live', port: 'http' },
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    });
  });
});

describe('the start-up budget', () => {
  test('is the time that the start-up probe gives', () => {
    const { container, deployment } = render({ startupBudget: Duration.minutes(20) });
    expect(container.startupProbe).toMatchObject({ periodSeconds: 1, failureThreshold: 1200 });
    expect(deployment.spec.progressDeadlineSeconds).toBe(1500);
  });

  test('is covered by a question every second, answered in the time that readiness gives', () => {
    const readiness = HealthCheck.tcp({
      timeout: seconds(7),
      period: seconds(20),
      initialDelay: seconds(30),
    });
    const { container } = render({ readiness, startupBudget: seconds(50) });
    expect(container.startupProbe).toEqual({
      tcpSocket: { port: 'http' },
      periodSeconds: 1,
      timeoutSeconds: 7,
      failureThreshold: 50,
    });
    expect(container.readinessProbe.timeoutSeconds).toBe(7);
  });
});

describe('a rollout', () => {
  test('has the given numbers', () => {
    const { deployment } = render({
      replicas: 5,
      rollout: {
        maxSurge: kplus.PercentOrAbsolute.absolute(2),
        minReady: seconds(10),
        progressDeadline: seconds(900),
        revisionHistoryLimit: 3,
      },
    });
    expect(deployment.spec).toMatchObject({
      replicas: 5,
      strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
      minReadySeconds: 10,
      progressDeadlineSeconds: 900,
      revisionHistoryLimit: 3,
    });
  });

  test('waits for minReady before it is reported as failed', () => {
    expect(render({ rollout: { minReady: seconds(10) } }).deployment.spec.progressDeadlineSeconds).toBe(610);
  });

  test('waits for an initial delay of readiness that is longer than the start-up budget', () => {
    const deadline = (initialDelay: Duration, props: Partial<ZeroDowntimeDeploymentProps> = {}) =>
      render({ readiness: HealthCheck.tcp({ initialDelay }), ...props }).deployment.spec
        .progressDeadlineSeconds;
    expect(deadline(seconds(300))).toBe(600);
    expect(deadline(seconds(301))).toBe(601);
    expect(deadline(seconds(90), { startupBudget: seconds(60), rollout: { minReady: seconds(10) } })).toBe(
      400,
    );
  });

  test('does not wait for an initial delay of liveness', () => {
    const liveness = HealthCheck.tcp({ initialDelay: seconds(900) });
    expect(render({ liveness }).deployment.spec.progressDeadlineSeconds).toBe(600);
  });
});

describe('stopping', () => {
  test('drain and shutdown budget add up to the grace period', () => {
    const { container, podSpec } = render({ drain: Drain.sleep(seconds(20)), shutdownBudget: seconds(60) });
    expect(container.lifecycle).toEqual({ preStop: { sleep: { seconds: 20 } } });
    expect(podSpec.terminationGracePeriodSeconds).toBe(80);
  });

  test("the drain can be the image's own sleep, for API servers before Kubernetes 1.30", () => {
    const { container } = render({ drain: Drain.execSleep(seconds(20)) });
    expect(container.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '20'] } } });
  });

  test('the grace period can be longer', () => {
    const { podSpec } = render({ pod: { terminationGracePeriod: seconds(600) } });
    expect(podSpec.terminationGracePeriodSeconds).toBe(600);
  });

  test('the disruption budget can be another number or a percentage', () => {
    const absolute = kplus.PercentOrAbsolute.absolute(2);
    const percent = kplus.PercentOrAbsolute.percent(20);
    const budget = (disruptionBudget: kplus.PercentOrAbsolute) =>
      render({ replicas: 5, podDisruptionBudget: { maxUnavailable: disruptionBudget } }).podDisruptionBudget
        .spec.maxUnavailable;
    expect(budget(absolute)).toBe(2);
    expect(budget(percent)).toBe('20%');
  });

  test('pods spread over the given labels of nodes', () => {
    const { podSpec } = render({ scheduling: { topologyKeys: ['rack'] } });
    expect(podSpec.topologySpreadConstraints).toMatchObject([
      { topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway' },
    ]);
    expect(podSpec).not.toHaveProperty('affinity');
  });
});

describe('the Service', () => {
  test('has the given settings of the load balancer', () => {
    const { service } = render({
      exposure: Exposure.loadBalancer({
        loadBalancerClass: 'example.com/lb',
        loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
        externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
        removalTime: Duration.seconds(30),
        additionTime: Duration.seconds(30),
        sessionAffinity: SessionAffinity.clientIp(Duration.minutes(10)),
      }),
    });
    expect(service.spec).toMatchObject({
      loadBalancerClass: 'example.com/lb',
      loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8::/32'],
      externalTrafficPolicy: 'Local',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
    });
  });

  test('keeps a client at a pod for 3 hours unless told otherwise', () => {
    const { service } = render({
      exposure: Exposure.loadBalancer({ sessionAffinity: SessionAffinity.clientIp() }),
    });
    expect(service.spec.sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10_800 } });
  });

  test('can be without affinity in so many words', () => {
    const { service } = render({
      exposure: Exposure.loadBalancer({ sessionAffinity: SessionAffinity.none() }),
    });
    expect(service.spec.sessionAffinity).toBe('None');
    expect(service.spec).not.toHaveProperty('sessionAffinityConfig');
  });

  test.each([
    ['LoadBalancer', Exposure.loadBalancer()],
    ['NodePort', Exposure.nodePort()],
    ['ClusterIP', Exposure.clusterIp()],
  ])('can be a %s', (type, exposure) => {
    expect(render({ exposure }).service.spec.type).toBe(type);
  });

  test('can name the controller of its load balancer', () => {
    const { service } = render({ exposure: Exposure.loadBalancer({ loadBalancerClass: 'example.com/lb' }) });
    expect(service.spec.loadBalancerClass).toBe('example.com/lb');
  });

  test('of type NodePort takes an externalTrafficPolicy', () => {
    const externalTrafficPolicy = ExternalTrafficPolicy.CLUSTER;
    const { service } = render({ exposure: Exposure.nodePort({ externalTrafficPolicy }) });
    expect(service.spec.externalTrafficPolicy).toBe('Cluster');
  });
});
