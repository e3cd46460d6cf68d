import { ApiObject, type Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  Drain,
  DrainProxy,
  Exposure,
  HealthCheck,
  Metrics,
  NetworkAccess,
  PodSecurity,
  type Sidecar,
} from '../src';
import { addWeb, type Manifest, newChart, objectOf, type Props, render, yamlOf } from './helpers';

const MIGRATE = { name: 'migrate', image: 'registry.example.com/web:1.4.2' };
const PROXY = { name: 'proxy', image: 'registry.example.com/proxy:2.0.0' };
const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
const SMALL = { requests: { cpu: '100m', memory: '128Mi' } };

/** The init containers of the pod with these props. */
const initContainersOf = (props: Props): Manifest[] => render(props).podSpec.initContainers;

describe('init containers', () => {
  test('run to their end before the application, with its rights and small requests', () => {
    expect(initContainersOf({ initContainers: [MIGRATE, { ...MIGRATE, name: 'warm-up' }] })).toEqual(
      ['migrate', 'warm-up'].map((name) => ({
        name,
        image: MIGRATE.image,
        imagePullPolicy: 'IfNotPresent',
        resources: SMALL,
        securityContext: RESTRICTED,
      })),
    );
  });

  test('are what is asked', () => {
    const chart = newChart();
    const volume = kplus.Volume.fromEmptyDir(chart, 'Data', 'data');
    const secret = kplus.Secret.fromSecretName(chart, 'Secret', 'database');
    const migrate = {
      ...MIGRATE,
      command: ['/migrate'],
      args: ['--up'],
      workingDir: '/srv',
      env: { MODE: kplus.EnvValue.fromValue('fast') },
      envFrom: [kplus.Env.fromSecret(secret)],
      resources: { cpu: { request: kplus.Cpu.units(1) }, memory: { limit: Size.mebibytes(64) } },
      volumeMounts: [{ path: '/data', volume }],
      imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
      securityContext: { user: 70, readOnlyRootFilesystem: false },
    };
    addWeb(chart, { initContainers: [migrate] });
    const podSpec = objectOf(chart, 'Deployment').spec.template.spec;
    expect(podSpec.initContainers).toMatchObject([
      {
        command: ['/migrate'],
        args: ['--up'],
        workingDir: '/srv',
        env: [{ name: 'MODE', value: 'fast' }],
        envFrom: [{ secretRef: { name: 'database' } }],
        resources: { requests: { cpu: '1' }, limits: { memory: '64Mi' } },
        volumeMounts: [{ mountPath: '/data', name: 'data' }],
        imagePullPolicy: 'Always',
        securityContext: {
          runAsUser: 70,
          readOnlyRootFilesystem: false,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        },
      },
    ]);
    expect(podSpec.volumes.map(({ name }: Manifest) => name)).toEqual(['tmp', 'data']);
  });

  test('have no hook and no probe, which Kubernetes would refuse', () => {
    const [migrate] = initContainersOf({ initContainers: [MIGRATE] });
    for (const field of ['lifecycle', 'startupProbe', 'readinessProbe', 'restartPolicy']) {
      expect(migrate).not.toHaveProperty(field);
    }
  });
});

describe('sidecars', () => {
  test('are restarted always, which makes them start before the application and stop after it', () => {
    expect(initContainersOf({ sidecars: [PROXY] })).toEqual([
      {
        ...PROXY,
        imagePullPolicy: 'IfNotPresent',
        restartPolicy: 'Always',
        resources: SMALL,
        securityContext: RESTRICTED,
      },
    ]);
  });

  test('start before the init containers, so that these can use them', () => {
    const containers = initContainersOf({ initContainers: [MIGRATE], sidecars: [PROXY] });
    expect(containers.map(({ name }) => name)).toEqual(['proxy', 'migrate']);
  });

  test('with a readiness hold back the application until they serve, and traffic while they do not', () => {
    const sidecars: Sidecar[] = [
      {
        ...PROXY,
        ports: [
          { name: 'proxy', port: 9000 },
          { name: 'admin', port: 9001 },
        ],
        readiness: HealthCheck.http('/ready', { port: 9001, period: Duration.seconds(2) }),
      },
    ];
    const { podSpec, deployment } = render({ sidecars });
    expect(podSpec.initContainers[0]).toMatchObject({
      ports: [
        { name: 'proxy', containerPort: 9000, protocol: 'TCP' },
        { name: 'admin', containerPort: 9001, protocol: 'TCP' },
      ],
      startupProbe: {
        httpGet: { path: '/ready', port: 'admin' },
        periodSeconds: 1,
        timeoutSeconds: 5,
        failureThreshold: 300,
      },
      readinessProbe: {
        httpGet: { path: '/ready', port: 'admin' },
        periodSeconds: 2,
        timeoutSeconds: 5,
        failureThreshold: 3,
      },
    });
    // Each may take the whole start-up budget, one after the other.
    expect(deployment.spec.progressDeadlineSeconds).toBe(900);
  });

  test('ask their first port unless another is named, and a command asks none', () => {
    const ports = [{ name: 'proxy', port: 9000 }];
    const [asked, command] = initContainersOf({
      sidecars: [
        { ...PROXY, ports, readiness: HealthCheck.tcp() },
        { ...PROXY, name: 'shipper', readiness: HealthCheck.command(['/ready']) },
      ],
    });
    expect(asked.readinessProbe.tcpSocket).toEqual({ port: 'proxy' });
    expect(command.readinessProbe.exec).toEqual({ command: ['/ready'] });
  });

  test('share the start-up budget of the pod and can have an initial delay', () => {
    const sidecars = [
      { ...PROXY, readiness: HealthCheck.command(['/ready'], { initialDelay: Duration.seconds(90) }) },
    ];
    const { podSpec, deployment } = render({ sidecars, startupBudget: Duration.seconds(60) });
    expect(podSpec.initContainers[0].startupProbe.failureThreshold).toBe(60);
    expect(deployment.spec.progressDeadlineSeconds).toBe(60 + 90 + 300);
  });

  test('are offered by the Service where asked, by number', () => {
    const ports = [
      { name: 'api', port: 9000, servicePort: 9000, appProtocol: 'kubernetes.io/h2c' },
      { name: 'admin', port: 9001 },
    ];
    expect(render({ sidecars: [{ ...PROXY, ports }] }).service.spec.ports).toEqual([
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
      { name: 'api', port: 9000, protocol: 'TCP', targetPort: 9000, appProtocol: 'kubernetes.io/h2c' },
    ]);
  });

  test('may listen on ports below 1024', () => {
    const sidecars = [{ ...PROXY, ports: [{ name: 'dns', port: 53 }] }];
    expect(render({ sidecars }).podSpec.securityContext.sysctls).toEqual([
      { name: 'net.ipv4.ip_unprivileged_port_start', value: '53' },
    ]);
  });

  test('can be asked by the readiness check of the application', () => {
    const sidecars = [{ ...PROXY, ports: [{ name: 'proxy', port: 9000 }] }];
    const { container } = render({ sidecars, readiness: HealthCheck.tcp({ port: 9000 }) });
    expect(container.readinessProbe.tcpSocket).toEqual({ port: 9000 });
  });

  test('run as their image says where the application does', () => {
    const security = PodSecurity.asImageUser();
    const containers = initContainersOf({ security, sidecars: [PROXY], initContainers: [MIGRATE] });
    expect(containers.map(({ securityContext }) => securityContext)).toEqual([
      { allowPrivilegeEscalation: false },
      { allowPrivilegeEscalation: false },
    ]);
  });

  test('are left as they are by what is added to the pod later', () => {
    const chart = newChart();
    const props = { sidecars: [{ ...PROXY, env: {}, envFrom: [], volumeMounts: [] }] };
    const web = addWeb(chart, props);
    web.deployment.initContainers[0].env.addVariable('ONLY', kplus.EnvValue.fromValue('here'));
    web.deployment.initContainers[0].mount('/tmp', kplus.Volume.fromEmptyDir(chart, 'Tmp', 'proxy-tmp'));
    expect(props.sidecars[0]).toMatchObject({ env: {}, envFrom: [], volumeMounts: [] });
  });
});

test('a drain by the image is given to added containers too', () => {
  const { podSpec } = render({ drain: Drain.execSleep(Duration.seconds(20)) }, (web) => {
    web.deployment.addContainer(PROXY);
  });
  expect(podSpec.containers[1].lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '20'] } } });
});

describe('where the pods run', () => {
  test('is said by priority, node labels and tolerations', () => {
    const { podSpec } = render({
      scheduling: {
        priorityClassName: 'high',
        nodeSelector: { 'example.com/disk': 'fast' },
        tolerations: [
          kplus.NodeTaintQuery.is('pool', 'web', { effect: kplus.TaintEffect.NO_SCHEDULE }),
          kplus.NodeTaintQuery.exists('spot'),
        ],
      },
    });
    expect(podSpec).toMatchObject({
      priorityClassName: 'high',
      nodeSelector: { 'example.com/disk': 'fast' },
      tolerations: [
        { key: 'pool', operator: 'Equal', value: 'web', effect: 'NoSchedule' },
        { key: 'spot', operator: 'Exists' },
      ],
    });
  });

  test('is left to the cluster unless said', () => {
    const { podSpec } = render();
    for (const field of ['priorityClassName', 'nodeSelector', 'tolerations', 'initContainers']) {
      expect(podSpec).not.toHaveProperty(field);
    }
  });

  test('an empty node selector is none, as the API server would store it', () => {
    expect(render({ scheduling: { nodeSelector: {} } }).podSpec).not.toHaveProperty('nodeSelector');
  });

  test('is no list or map of the user, which a patch would change', () => {
    const nodeSelector = { disk: 'fast' };
    const { podSpec } = render({ scheduling: { nodeSelector } }, ({ deployment }) => {
      ApiObject.of(deployment).addJsonPatch(
        JsonPatch.replace('/spec/template/spec/nodeSelector/disk', 'slow'),
      );
    });
    expect(podSpec.nodeSelector).toEqual({ disk: 'slow' });
    expect(nodeSelector).toEqual({ disk: 'fast' });
  });
});

describe('a certificate', () => {
  const withTls = (props: Props = {}, mountPath?: string) => {
    const chart = newChart();
    addWeb(chart, {
      tls: { secret: kplus.Secret.fromSecretName(chart, 'Tls', 'web-tls'), mountPath },
      ...props,
    });
    const podSpec = objectOf(chart, 'Deployment').spec.template.spec;
    return { podSpec, container: podSpec.containers[0], service: objectOf(chart, 'Service') };
  };

  test('is mounted read-only', () => {
    const { podSpec, container } = withTls();
    expect(podSpec.volumes).toEqual([
      { name: 'tls-secret', secret: { secretName: 'web-tls' } },
      { name: 'tmp', emptyDir: {} },
    ]);
    expect(container.volumeMounts).toEqual([
      { mountPath: '/etc/tls', name: 'tls-secret', readOnly: true },
      { mountPath: '/tmp', name: 'tmp' },
    ]);
  });

  test('can be mounted elsewhere', () => {
    expect(withTls({}, '/certs/web').container.volumeMounts[0].mountPath).toBe('/certs/web');
  });

  test('makes the main port HTTPS for the Service and the health checks', () => {
    const { container, service } = withTls({ liveness: HealthCheck.http('/live') });
    expect(container.ports).toEqual([{ name: 'https', containerPort: 8080, protocol: 'TCP' }]);
    expect(service.spec.ports).toEqual([{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }]);
    const httpGet = { path: '/', port: 'https', scheme: 'HTTPS' };
    expect(container.startupProbe.httpGet).toEqual(httpGet);
    expect(container.readinessProbe.httpGet).toEqual(httpGet);
    expect(container.livenessProbe.httpGet).toEqual({ ...httpGet, path: '/live' });
  });

  test('leaves names and numbers that were asked for, and other kinds of checks', () => {
    const readiness = HealthCheck.tcp();
    const { container, service } = withTls({
      portName: 'web',
      exposure: Exposure.loadBalancer({ servicePort: 8443 }),
      readiness,
    });
    expect(service.spec.ports).toEqual([{ name: 'web', port: 8443, protocol: 'TCP', targetPort: 'web' }]);
    expect(container.readinessProbe.tcpSocket).toEqual({ port: 'web' });
  });

  test('does not concern checks of other ports', () => {
    const extraPorts = [{ name: 'admin', port: 9090 }];
    const { HTTP } = kplus.ConnectionScheme;
    const plain = withTls({ extraPorts, readiness: HealthCheck.http('/', { port: 9090 }) });
    expect(plain.container.readinessProbe.httpGet).toEqual({ path: '/', port: 'admin' });
    const said = withTls({ extraPorts, readiness: HealthCheck.http('/', { port: 9090, scheme: HTTP }) });
    expect(said.container.readinessProbe.httpGet.scheme).toBe('HTTP');
    const grpc = withTls({ extraPorts, readiness: HealthCheck.grpc({ port: 9090 }) });
    expect(grpc.container.readinessProbe.grpc).toEqual({ port: 9090 });
  });

  test('leaves the port of a Deployment that is taken over without a name', () => {
    const { container } = withTls({ selectorLabels: { app: 'web' } });
    expect(container.ports).toEqual([{ containerPort: 8080, protocol: 'TCP' }]);
  });
});

describe('the protocol of a port', () => {
  test('is told by the Service, each its own', () => {
    const extraPorts = [
      { name: 'grpc', port: 9090, servicePort: 9090, appProtocol: 'kubernetes.io/h2c' },
      { name: 'dns', port: 53, servicePort: 53, protocol: kplus.Protocol.UDP },
    ];
    const { service, container } = render({
      exposure: Exposure.loadBalancer({ appProtocol: 'http' }),
      extraPorts,
    });
    expect(service.spec.ports.map(({ appProtocol }: Manifest) => appProtocol)).toEqual([
      'http',
      'kubernetes.io/h2c',
      undefined,
    ]);
    expect(container.ports[0]).not.toHaveProperty('appProtocol');
  });

  test('is not told unless asked', () => {
    expect(render().service.spec.ports[0]).not.toHaveProperty('appProtocol');
  });
});

describe('the NetworkPolicy', () => {
  const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };
  const withPolicy = (networkPolicy: NetworkAccess, props: Props = {}, chart = newChart()) => {
    const web = addWeb(chart, { networkPolicy, ...props });
    return { web, policy: () => objectOf(chart, 'NetworkPolicy') };
  };

  test('is not there unless asked for', () => {
    const chart = newChart();
    expect(addWeb(chart).networkPolicy).toBeUndefined();
    expect(yamlOf(chart)).toHaveLength(3);
  });

  test('lets everyone in to the ports of the Service, by name, and to no other', () => {
    const extraPorts = [
      { name: 'metrics', port: 9090 },
      { name: 'dns', port: 5353, servicePort: 53, protocol: kplus.Protocol.UDP },
    ];
    const { policy } = withPolicy(NetworkAccess.toServicePorts(), { extraPorts, labels: { team: 'shop' } });
    expect(policy()).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', labels: { ...LABELS, team: 'shop' } },
      spec: {
        podSelector: { matchLabels: LABELS },
        policyTypes: ['Ingress'],
        ingress: [
          {
            ports: [
              { port: 'http', protocol: 'TCP' },
              { port: 'dns', protocol: 'UDP' },
            ],
          },
        ],
      },
    });
  });

  test('follows the Service: ports by number where they have no name, and each target once', () => {
    const sidecars = [{ ...PROXY, ports: [{ name: 'proxy', port: 9000, servicePort: 9000 }] }];
    const { web, policy } = withPolicy(NetworkAccess.toServicePorts(), { sidecars });
    web.service.bind(81, { name: 'again', targetPort: 8080 });
    expect(policy().spec.ingress[0].ports).toEqual([
      { port: 'http', protocol: 'TCP' },
      { port: 9000, protocol: 'TCP' },
    ]);
  });

  test('can let in named peers alone, in one rule', () => {
    const chart = newChart('shop');
    const peers = [
      kplus.NetworkPolicyIpBlock.ipv4(chart, 'Nodes', '10.0.0.0/16'),
      kplus.Namespaces.select(chart, 'Ingress', { labels: { team: 'ingress' } }),
    ];
    const { policy } = withPolicy(NetworkAccess.toServicePorts({ peers }), {}, chart);
    expect(policy().metadata.namespace).toBe('shop');
    expect(policy().spec.ingress).toEqual([
      {
        from: [
          { ipBlock: { cidr: '10.0.0.0/16' } },
          { namespaceSelector: { matchLabels: { team: 'ingress' } }, podSelector: {} },
        ],
        ports: [{ port: 'http', protocol: 'TCP' }],
      },
    ]);
  });

  describe('lets in who reads the metrics', () => {
    const extraPorts = [{ name: 'metrics', port: 9090 }];
    const CLIENTS = '10.0.0.0/16';
    const from = (chart: Chart, id: string, cidr: string) => [
      kplus.NetworkPolicyIpBlock.ipv4(chart, id, cidr),
    ];
    const PODS = [{ namespaceSelector: {} }];

    test.each([
      ['on a port of their own', { extraPorts, metrics: Metrics.podMonitor() }, ['metrics']],
      [
        'in a sidecar',
        {
          sidecars: [{ ...PROXY, ports: [{ name: 'metrics', port: 9090 }] }],
          metrics: Metrics.scrapeAnnotations(),
        },
        [9090],
      ],
      ['on the main port', { metrics: Metrics.podMonitor({ portName: 'http' }) }, ['http']],
      [
        'on the main port, through the drain proxy and past it',
        { metrics: Metrics.podMonitor({ portName: 'http' }), drainProxy: DrainProxy.haproxy() },
        ['http', 8080, 15_080],
      ],
    ] as [string, Props, unknown[]][])('%s', (_, props, ports) => {
      const chart = newChart();
      const peers = from(chart, 'Clients', CLIENTS);
      const { policy } = withPolicy(NetworkAccess.toServicePorts({ peers }), props, chart);
      expect(policy().spec.ingress.slice(1)).toEqual([
        { from: PODS, ports: ports.map((port) => ({ port, protocol: 'TCP' })) },
      ]);
    });

    test('from where it is said, before further rules', () => {
      const chart = newChart();
      const access = NetworkAccess.toServicePorts({
        peers: from(chart, 'Clients', CLIENTS),
        metricsPeers: from(chart, 'Prometheus', '10.1.0.0/16'),
      });
      const { web, policy } = withPolicy(access, { extraPorts, metrics: Metrics.podMonitor() }, chart);
      web.networkPolicy!.addIngressRule(kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'Any'));
      expect(policy().spec.ingress).toEqual([
        { from: [{ ipBlock: { cidr: CLIENTS } }], ports: [{ port: 'http', protocol: 'TCP' }] },
        { from: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 'metrics', protocol: 'TCP' }] },
        { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [] },
      ]);
    });

    test('by no rule of their own where everyone is let in to their port', () => {
      const { policy } = withPolicy(NetworkAccess.toServicePorts(), {
        metrics: Metrics.podMonitor({ portName: 'http' }),
      });
      expect(policy().spec.ingress).toEqual([{ ports: [{ port: 'http', protocol: 'TCP' }] }]);
    });
  });

  test.each([undefined, '10.0.0.0/16'])('takes further rules after it, with peers %s', (cidr) => {
    const chart = newChart();
    const peers = cidr === undefined ? undefined : [kplus.NetworkPolicyIpBlock.ipv4(chart, 'Nodes', cidr)];
    const { web, policy } = withPolicy(NetworkAccess.toServicePorts({ peers }), {}, chart);
    const prometheus = kplus.Pods.select(chart, 'Prometheus', { labels: { app: 'prometheus' } });
    web.networkPolicy!.addIngressRule(prometheus, [kplus.NetworkPolicyPort.tcp(9090)]);
    expect(policy().spec.ingress).toMatchObject([
      { ports: [{ port: 'http', protocol: 'TCP' }] },
      { from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }], ports: [{ port: 9090 }] },
    ]);
  });
});

test("Kubernetes' recommended labels stand on every object and pod, and not in the selector", () => {
  const labels = {
    'app.kubernetes.io/version': '1.4.2',
    'app.kubernetes.io/component': 'frontend',
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  const { deployment, service, podDisruptionBudget } = render({ labels });
  const all = { ...labels, 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };
  for (const { metadata } of [deployment, service, podDisruptionBudget, deployment.spec.template]) {
    expect(metadata.labels).toEqual(all);
  }
  expect(Object.keys(deployment.spec.selector.matchLabels)).toEqual([
    'app.kubernetes.io/instance',
    'app.kubernetes.io/name',
  ]);
});
