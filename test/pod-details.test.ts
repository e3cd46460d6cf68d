import { Duration, Size } from 'cdk8s';
import { Capability, ConfigMap, Cpu, DnsPolicy, Handler, Secret, Volume } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { DrainProxy, PodSecurity, ProjectedSource, ProjectedVolume } from '../src';
import { addWeb, newChart, objectOf, render } from './helpers';

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

describe("the application's container", () => {
  test('adds a capability to what security gives it', () => {
    const securityContext = { capabilities: { add: [Capability.NET_BIND_SERVICE] } };
    expect(render({ container: { securityContext } }).container.securityContext).toEqual({
      ...RESTRICTED,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
  });

  test('has what it asks for where security is that of the image', () => {
    const security = PodSecurity.asImageUser();
    const capabilities = { add: [Capability.NET_ADMIN], drop: [Capability.MKNOD] };
    expect(
      render({ security, container: { securityContext: { capabilities } } }).container.securityContext,
    ).toEqual({ allowPrivilegeEscalation: false, capabilities: { add: ['NET_ADMIN'], drop: ['MKNOD'] } });
    expect(
      render({ security, container: { securityContext: { allowPrivilegeEscalation: true } } }).container
        .securityContext,
    ).toEqual({ allowPrivilegeEscalation: true });
  });

  test('that is privileged may gain rights, since the API server takes nothing else', () => {
    const props = {
      security: PodSecurity.asImageUser(),
      container: { securityContext: { privileged: true } },
    };
    expect(render(props).container.securityContext).toEqual({
      privileged: true,
      allowPrivilegeEscalation: true,
    });
  });

  test('asks for extended resources and gets no more of them', () => {
    const { container } = render({
      container: { extendedResources: { 'nvidia.com/gpu': 2 } },
      resources: { cpu: { request: Cpu.millis(500) }, memory: { limit: Size.gibibytes(1) } },
    });
    expect(container.resources).toEqual({
      requests: { cpu: '500m', 'nvidia.com/gpu': 2 },
      limits: { memory: '1024Mi', 'nvidia.com/gpu': 2 },
    });
  });

  test('does something after its start, and still drains', () => {
    const postStart = Handler.fromCommand(['/app/warm-up', '--all']);
    expect(render({ container: { postStart } }).container.lifecycle).toEqual({
      postStart: { exec: { command: ['/app/warm-up', '--all'] } },
      preStop: { sleep: { seconds: 15 } },
    });
    const request = Handler.fromHttpGet('/warm-up');
    const { lifecycle } = render({
      container: { postStart: request },
      drainProxy: DrainProxy.haproxy(),
    }).container;
    expect(lifecycle.postStart.httpGet).toMatchObject({ path: '/warm-up', port: 8080 });
    expect(lifecycle.preStop).toEqual({ sleep: { seconds: 15 } });
  });
});

describe('capabilities of other containers', () => {
  test('have the names that the runtime knows', () => {
    const securityContext = {
      capabilities: { add: [Capability.NET_BIND_SERVICE], drop: [Capability.CHOWN] },
    };
    const { podSpec } = render({
      sidecars: [{ name: 'proxy', image: 'proxy:1', securityContext }],
      initContainers: [{ name: 'migrate', image: 'migrate:1', securityContext }],
    });
    for (const container of podSpec.initContainers) {
      expect(container.securityContext.capabilities).toEqual({ add: ['NET_BIND_SERVICE'], drop: ['CHOWN'] });
    }
  });
});

describe('a container beside the application', () => {
  test('comes after it, with small requests, its rights and its drain', () => {
    const { podSpec } = render({
      pod: { furtherContainers: [{ name: 'fetch', image: 'fetch:1.2.3' }] },
    });
    expect(podSpec.containers.map(({ name }: { name: string }) => name)).toEqual(['main', 'fetch']);
    expect(podSpec.containers[1]).toEqual({
      name: 'fetch',
      image: 'fetch:1.2.3',
      imagePullPolicy: 'IfNotPresent',
      resources: { requests: { cpu: '100m', memory: '128Mi' } },
      securityContext: RESTRICTED,
      lifecycle: { preStop: { sleep: { seconds: 15 } } },
    });
  });

  test('has what it asks for', () => {
    const chart = newChart();
    const volume = Volume.fromEmptyDir(chart, 'Data', 'data');
    addWeb(chart, {
      pod: {
        furtherContainers: [
          {
            name: 'fetch',
            image: 'fetch:1.2.3',
            args: ['--every=1m'],
            workingDir: '/data',
            volumeMounts: [{ path: '/data', volume }],
            resources: { cpu: { request: Cpu.millis(10) } },
            securityContext: { user: 3000 },
          },
        ],
      },
    });
    const [, fetch] = objectOf(chart, 'Deployment').spec.template.spec.containers;
    expect(fetch).toMatchObject({
      args: ['--every=1m'],
      workingDir: '/data',
      volumeMounts: [{ mountPath: '/data', name: 'data' }],
      resources: { requests: { cpu: '10m', memory: '128Mi' } },
      securityContext: { runAsUser: 3000, capabilities: { drop: ['ALL'] } },
    });
  });
});

describe('the pod', () => {
  test('has none of these unless they are asked for', () => {
    const { podSpec } = render();
    for (const field of [
      'runtimeClassName',
      'dnsConfig',
      'dnsPolicy',
      'hostAliases',
      'shareProcessNamespace',
    ]) {
      expect(podSpec).not.toHaveProperty(field);
    }
  });

  test('has a runtime, host aliases and shared processes', () => {
    const { podSpec } = render({
      scheduling: { runtimeClassName: 'gvisor' },
      pod: {
        hostAliases: [{ ip: '192.0.2.10', hostnames: ['db.example.com', 'db'] }],
        shareProcessNamespace: true,
      },
    });
    expect(podSpec).toMatchObject({
      runtimeClassName: 'gvisor',
      hostAliases: [{ ip: '192.0.2.10', hostnames: ['db.example.com', 'db'] }],
      shareProcessNamespace: true,
    });
  });

  test('asks DNS as it is told', () => {
    const { podSpec } = render({
      pod: {
        dns: {
          policy: DnsPolicy.NONE,
          nameservers: ['192.0.2.53', '2001:db8::53'],
          searches: ['shop.svc.cluster.local'],
          options: { ndots: '2', 'single-request-reopen': '' },
        },
      },
    });
    expect(podSpec.dnsPolicy).toBe('None');
    expect(podSpec.dnsConfig).toEqual({
      nameservers: ['192.0.2.53', '2001:db8::53'],
      searches: ['shop.svc.cluster.local'],
      options: [{ name: 'ndots', value: '2' }, { name: 'single-request-reopen' }],
    });
    expect(render({ pod: { dns: { options: { ndots: '2' } } } }).podSpec).toMatchObject({
      dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
    });
  });
});

describe('a projected volume', () => {
  test('has a token and files of Secrets and ConfigMaps', () => {
    const chart = newChart();
    const volume = ProjectedVolume.of(chart, 'identity', [
      ProjectedSource.serviceAccountToken('token', { audience: 'vault', expiration: Duration.minutes(20) }),
      ProjectedSource.secret(Secret.fromSecretName(chart, 'Secret', 'ca'), { 'ca.crt': 'certs/ca.crt' }),
      ProjectedSource.configMap(ConfigMap.fromConfigMapName(chart, 'Config', 'settings')),
      ProjectedSource.serviceAccountToken('..token'),
    ]);
    addWeb(chart, { volumeMounts: [{ path: '/var/run/identity', volume, readOnly: true }] });
    const { volumes, containers } = objectOf(chart, 'Deployment').spec.template.spec;
    expect(volumes).toContainEqual({
      name: 'identity',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 1200 } },
          { secret: { name: 'ca', items: [{ key: 'ca.crt', path: 'certs/ca.crt' }] } },
          { configMap: { name: 'settings' } },
          { serviceAccountToken: { path: '..token' } },
        ],
      },
    });
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'identity',
      mountPath: '/var/run/identity',
      readOnly: true,
    });
  });
});
