import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { beforeEach, describe, expect, test } from 'vitest';
import { Drain, DrainProxy, NetworkAccess, PodSecurity } from '../src';
import { addWeb, type Manifest, newChart, objectOf, render, type Rendered } from './helpers';

const haproxy = DrainProxy.haproxy;
const proxyOf = ({ podSpec }: Rendered): Manifest => podSpec.initContainers[0];
const configOf = ({ deployment }: Rendered): string =>
  deployment.spec.template.metadata.annotations['zero-downtime/haproxy.cfg'];

describe('a drain proxy', () => {
  let rendered: Rendered;
  let proxy: Manifest;
  beforeEach(() => {
    rendered = render({ drainProxy: haproxy() });
    proxy = proxyOf(rendered);
  });

  test('is a sidecar: it starts before the application and stays until it has ended', () => {
    expect(rendered.podSpec.initContainers).toHaveLength(1);
    expect(proxy).toMatchObject({ name: 'drain-proxy', image: 'haproxy:3.2.23', restartPolicy: 'Always' });
    expect(proxy.imagePullPolicy).toBe('IfNotPresent');
  });

  test('gets what the Service sends: the name of the main port is its port', () => {
    expect(proxy.ports[0]).toEqual({ name: 'http', containerPort: 15_080, protocol: 'TCP' });
    expect(rendered.service.spec.ports).toEqual([
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
    ]);
    expect(rendered.container.ports).toEqual([{ containerPort: 8080, protocol: 'TCP' }]);
  });

  test("leaves the application's health checks to the application", () => {
    expect(rendered.container.startupProbe.httpGet).toEqual({ path: '/', port: 8080 });
    expect(rendered.container.readinessProbe.httpGet).toEqual({ path: '/', port: 8080 });
  });

  test('has health checks of its own', () => {
    const httpGet = { path: '/ready', port: 15_081 };
    expect(proxy.startupProbe).toEqual({
      httpGet,
      periodSeconds: 1,
      timeoutSeconds: 5,
      failureThreshold: 30,
    });
    expect(proxy.readinessProbe).toEqual({
      httpGet,
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    });
    expect(proxy).not.toHaveProperty('livenessProbe');
  });

  test("hears of the pod's end when the drain of the application begins", () => {
    expect(proxy.lifecycle).toEqual({ preStop: { httpGet: { path: '/drain', port: 15_081 } } });
    expect(rendered.container.lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
  });

  test('reads its configuration from the pod, so that it belongs to the revision', () => {
    expect(rendered.podSpec.volumes).toContainEqual({
      name: 'drain-proxy',
      downwardAPI: {
        items: [
          {
            path: 'haproxy.cfg',
            fieldRef: { fieldPath: "metadata.annotations['zero-downtime/haproxy.cfg']" },
          },
        ],
      },
    });
    expect(proxy.volumeMounts).toEqual([
      { name: 'drain-proxy', mountPath: '/etc/drain-proxy', readOnly: true },
    ]);
    expect(proxy.command).toEqual(['haproxy', '-db', '-f', '/etc/drain-proxy/haproxy.cfg']);
  });

  test('asks every client to close its connection once it drains, and goes on accepting', () => {
    const config = configOf(rendered);
    expect(config).toContain('http-request set-var(proc.draining) bool(true) if { path /drain }');
    expect(config).toContain(
      'http-after-response set-header Connection close if { var(proc.draining) -m bool }',
    );
  });

  test('keeps connections to the application for what may be sent again, once, and opens one for anything else', () => {
    const config = configOf(rendered);
    expect(config).toContain(
      '  use_backend repeatable if { method GET HEAD OPTIONS } !has-body\n  default_backend application\n',
    );
    expect(config).toContain('  retries 1\n');
    expect(config).toContain('option http-server-close\n  server application 127.0.0.1:8080\n');
    expect(config.match(/retry-on/g)).toHaveLength(1);
  });

  test('runs under the restricted Pod Security Standard', () => {
    expect(proxy.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 10_001,
    });
  });

  test('asks for little and has no limit', () => {
    expect(proxy.resources).toEqual({ requests: { cpu: '50m', memory: '64Mi' } });
  });
});

describe('what is asked of a drain proxy', () => {
  test('stands in the manifest', () => {
    const rendered = render({
      drainProxy: haproxy({
        image: 'registry.example.com/haproxy:3.0.27',
        port: 9000,
        maxConnections: 500,
        resources: { cpu: { request: Cpu.millis(200) }, memory: { request: Size.mebibytes(96) } },
      }),
    });
    const proxy = proxyOf(rendered);
    expect(proxy.image).toBe('registry.example.com/haproxy:3.0.27');
    expect(proxy.ports.map(({ containerPort }: Manifest) => containerPort)).toEqual([9000, 9001]);
    expect(proxy.resources).toEqual({ requests: { cpu: '200m', memory: '96Mi' } });
    const config = configOf(rendered);
    expect(config).toContain('fd-hard-limit 1100\n');
    expect(config).toContain('bind :::9000 v4v6\n');
    expect(config).toContain('bind :::9001 v4v6\n');
  });

  test('keeps the annotations and the init containers of the user', () => {
    const { deployment, podSpec } = render(
      { drainProxy: haproxy(), pod: { annotations: { team: 'shop' } } },
      (web) => web.deployment.addInitContainer({ name: 'migrate', image: 'migrate:1.0.0' }),
    );
    expect(deployment.spec.template.metadata.annotations.team).toBe('shop');
    expect(podSpec.initContainers.map(({ name }: Manifest) => name)).toEqual(['drain-proxy', 'migrate']);
  });

  test.each([
    [PodSecurity.restricted({ runAsUser: 2000 }), 2000],
    [PodSecurity.asImageUser(), 10_001],
  ])('runs as the user of the pod, and never as root: %#', (security, user) => {
    expect(proxyOf(render({ drainProxy: haproxy(), security })).securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: user,
    });
  });

  test('finds a health check on another port there', () => {
    const { container } = render({
      drainProxy: haproxy(),
      extraPorts: [{ name: 'admin', port: 9090 }],
    });
    expect(container.ports).toEqual([
      { containerPort: 8080, protocol: 'TCP' },
      { name: 'admin', containerPort: 9090, protocol: 'TCP' },
    ]);
  });
});

describe('a drain proxy for HTTP/2', () => {
  const rendered = () =>
    render({ drainProxy: haproxy({ http2: true }), drain: Drain.sleep(Duration.seconds(30)) });

  test('speaks HTTP/2 with the application, on a connection for each request', () => {
    expect(configOf(rendered())).toContain('server application 127.0.0.1:8080 proto h2 max-reuse 0\n');
  });

  test('stops its frontends from the beginning of the drain on, which makes them send GOAWAY', () => {
    const { deployment, podSpec } = rendered();
    const script = deployment.spec.template.metadata.annotations['zero-downtime/drain.lua'];
    expect(script).toContain('local stages = { "serving", "draining", "emptying", "leaving" }\n');
    expect(script).toContain('if stage > 1 then core.msleep(10000) end\n');
    const { items } = podSpec.volumes.find(({ name }: Manifest) => name === 'drain-proxy').downwardAPI;
    expect(items.map(({ path }: Manifest) => path)).toEqual(['haproxy.cfg', 'drain.lua']);
  });

  test('has a frontend for each stage of the drain', () => {
    const config = configOf(rendered());
    for (const stage of ['serving', 'draining', 'emptying', 'leaving']) {
      expect(config).toContain(`server ${stage} abns@${stage} send-proxy-v2\n`);
      expect(config).toContain(`frontend ${stage}\n  bind abns@${stage} accept-proxy\n`);
    }
  });

  test('takes no script along for HTTP/1.1', () => {
    const { deployment } = render({ drainProxy: haproxy() });
    expect(Object.keys(deployment.spec.template.metadata.annotations)).toEqual(['zero-downtime/haproxy.cfg']);
  });
});

test('a NetworkPolicy lets clients in to the proxy, and to old pods that have none', () => {
  const chart = newChart();
  addWeb(chart, { drainProxy: haproxy(), networkPolicy: NetworkAccess.toServicePorts() });
  expect(objectOf(chart, 'NetworkPolicy').spec.ingress).toEqual([
    {
      ports: [
        { port: 'http', protocol: 'TCP' },
        { port: 15_080, protocol: 'TCP' },
      ],
    },
  ]);
});
