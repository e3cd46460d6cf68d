import { Cpu, Protocol, Secret, Volume } from 'cdk8s-plus-27';
import { describe, test } from 'vitest';
import { DrainProxy, Exposure, HealthCheck } from '../../src';
import { expectAccepted, expectRefused, expectRefusedAtSynth, newChart } from '../helpers';

const haproxy = DrainProxy.haproxy;

describe('the port of a drain proxy', () => {
  test.each([15_080, 15_081])('that collides with the main port %d is refused', (port) => {
    expectRefused(
      { port, drainProxy: haproxy() },
      `drainProxy.port = 15080: the application listens on ${port}, and the proxy needs this number and the next one. Write a port whose next one is free, too, for example DrainProxy.haproxy({ port: 15082 }).`,
    );
  });

  test('that collides with a further port is refused', () => {
    const extraPorts = [
      { name: 'metrics', port: 15_081 },
      { name: 'admin', port: 15_082 },
    ];
    expectRefused(
      { extraPorts, drainProxy: haproxy() },
      'drainProxy.port = 15080: the application listens on 15081, and the proxy needs this number and the next one. Write a port whose next one is free, too, for example DrainProxy.haproxy({ port: 15084 }).',
    );
    expectAccepted({ extraPorts, drainProxy: haproxy({ port: 15_083 }) });
  });

  test.each([80, 1023, 65_535])('%d is refused', (port) => {
    expectRefused(
      { drainProxy: haproxy({ port }) },
      `drainProxy.port = ${port}: it has to be a whole number from 1024 to 65534. Write ${port < 1024 ? 1024 : 65_534}.`,
    );
  });
});

describe('a drain proxy', () => {
  test('before a port without a name is refused: old pods have no proxy', () => {
    const selectorLabels = { app: 'web' };
    expectRefused(
      { selectorLabels, drainProxy: haproxy() },
      'drainProxy = HAProxy: the Service finds the main port by its number, so pods without the proxy and pods with it could not serve side by side. Give the port a name with portName and roll that out first.',
    );
    expectAccepted({ selectorLabels, portName: 'http', drainProxy: haproxy() });
  });

  test.each(['https', 'kubernetes.io/h2c', 'kubernetes.io/wss'])(
    'of HTTP/1.1 beside the appProtocol "%s" is refused',
    (appProtocol) => {
      expectRefused(
        { exposure: Exposure.loadBalancer({ appProtocol }), drainProxy: haproxy() },
        `exposure.appProtocol = "${appProtocol}": the proxy of drainProxy speaks HTTP/1.1 without TLS, so an ingress controller or gateway that follows it gets no answer. Write appProtocol: 'http' if that is what the application speaks, else DrainProxy.haproxy({ http2: true }) for HTTP/2 or no drainProxy.`,
      );
      expectAccepted({ exposure: Exposure.loadBalancer({ appProtocol }) });
    },
  );

  test.each(['http', 'https', 'kubernetes.io/ws', 'kubernetes.io/wss'])(
    'of HTTP/2 beside the appProtocol "%s" is refused',
    (appProtocol) => {
      expectRefused(
        { exposure: Exposure.loadBalancer({ appProtocol }), drainProxy: haproxy({ http2: true }) },
        `exposure.appProtocol = "${appProtocol}": the proxy of drainProxy speaks HTTP/2 without TLS, so an ingress controller or gateway that follows it gets no answer. Write appProtocol: 'kubernetes.io/h2c' if that is what the application speaks, else DrainProxy.haproxy() for HTTP/1.1 or no drainProxy.`,
      );
      expectAccepted({ exposure: Exposure.loadBalancer({ appProtocol }) });
    },
  );

  test('is taken beside an appProtocol that it speaks, or of which nothing is known', () => {
    for (const appProtocol of ['http', 'kubernetes.io/ws', 'example.com/binary']) {
      expectAccepted({ exposure: Exposure.loadBalancer({ appProtocol }), drainProxy: haproxy() });
    }
    for (const appProtocol of ['kubernetes.io/h2c', 'example.com/binary']) {
      expectAccepted({
        exposure: Exposure.loadBalancer({ appProtocol }),
        drainProxy: haproxy({ http2: true }),
      });
    }
  });

  test('beside a container of its name is refused', () => {
    expectRefused(
      { container: { name: 'drain-proxy' }, drainProxy: haproxy() },
      `container.name = "drain-proxy": it is the name of the proxy's container. Write another name.`,
    );
    expectAccepted({ container: { name: 'drain-proxy' } });
  });

  test('beside an annotation of its name is refused', () => {
    expectRefused(
      { pod: { annotations: { 'zero-downtime/haproxy.cfg': 'x' } }, drainProxy: haproxy() },
      `pod.annotations['zero-downtime/haproxy.cfg'] = "x": the proxy reads its configuration from it. Leave it out.`,
    );
  });

  test('of an image that moves is refused', () => {
    expectRefused(
      { drainProxy: haproxy({ image: 'haproxy' }) },
      `drainProxy.image = "haproxy": an image without a tag means 'latest', which moves, so a rollback is impossible and one rollout can run two versions. Write a tag that is never reused or a digest, for example 'haproxy:1.4.2', or acceptNoRollback: true.`,
    );
    expectAccepted({ drainProxy: haproxy({ image: 'haproxy' }), acceptNoRollback: true });
  });

  test('for no connections is refused', () => {
    expectRefused(
      { drainProxy: haproxy({ maxConnections: 0 }) },
      'drainProxy.maxConnections = 0: it has to be a whole number of at least 1. Write 1.',
    );
  });

  test('before an application that speaks TLS is refused', () => {
    const secret = Secret.fromSecretName(newChart(), 'tls', 'web-tls');
    expectRefused(
      { tls: { secret }, drainProxy: haproxy() },
      'drainProxy = HAProxy: with tls the application speaks TLS, which the proxy does not. Write only one of the two.',
    );
  });

  test('beside a volume of its name is refused at synth', () => {
    expectRefusedAtSynth(
      { drainProxy: haproxy() },
      (web, chart) => web.container.mount('/proxy', Volume.fromEmptyDir(chart, 'volume', 'drain-proxy')),
      `volume name = "drain-proxy": two volumes of the pod have this name, and a mount could not tell them apart. Give each a name of its own; a writable path of security makes one of its own, such as 'tmp' for /tmp.`,
    );
  });

  test('beside an added container on one of its ports is refused at synth', () => {
    expectRefusedAtSynth(
      { drainProxy: haproxy() },
      (web) => web.deployment.addContainer({ name: 'added', image: 'added:1.0.0', port: 15_081 }),
      'container port = 15081 TCP: two containers of the pod listen on it, and all of them share one network, so one of them does not start. Let each container listen on a port of its own.',
    );
  });

  test('that asks for more than it may use is refused', () => {
    expectRefused(
      { drainProxy: haproxy({ resources: { cpu: { request: Cpu.units(1), limit: Cpu.millis(50) } } }) },
      'drainProxy.resources.cpu.request = 1: it is more than the limit of 50m, so the API server refuses the Deployment. Write Cpu.millis(50) or less, or a higher limit.',
    );
  });

  test.each(['readiness', 'liveness'])('of HTTP/1.1 before gRPC, as %s says, is refused', (prop) => {
    const check = HealthCheck.grpc({ failureThreshold: 6 });
    expectRefused(
      { [prop]: check, drainProxy: haproxy() },
      `${prop} = HealthCheck.grpc: it tells that the application speaks HTTP/2 on the main port, and the proxy of drainProxy speaks HTTP/1.1. Write DrainProxy.haproxy({ http2: true }), or ask another port.`,
    );
    expectAccepted({ [prop]: check, drainProxy: haproxy({ http2: true }) });
    expectAccepted({
      [prop]: HealthCheck.grpc({ failureThreshold: 6, port: 9000 }),
      extraPorts: [{ name: 'grpc', port: 9000 }],
      drainProxy: haproxy(),
    });
  });

  test('of HTTP/2 behind a Gateway that nobody tells of it is refused', () => {
    const exposure = Exposure.httpRoute({ gateway: 'public' });
    const drainProxy = haproxy({ http2: true });
    expectRefused(
      { exposure, drainProxy },
      "exposure.appProtocol = undefined: a Gateway speaks HTTP/1.1 to the pods unless it is told otherwise, and the proxy of drainProxy speaks HTTP/2 alone. Write appProtocol: 'kubernetes.io/h2c'.",
    );
    expectAccepted({
      exposure: Exposure.httpRoute({ gateway: 'public', appProtocol: 'kubernetes.io/h2c' }),
      drainProxy,
    });
    expectAccepted({ exposure, drainProxy: haproxy() });
    expectAccepted({ exposure: Exposure.ingress(), drainProxy });
  });
});

describe('a sidecar beside a drain proxy', () => {
  const sidecar = (port: number, protocol = Protocol.TCP, readiness?: HealthCheck) => ({
    name: 'metrics',
    image: 'metrics:1.0.0',
    ports: [{ name: 'metrics', port, protocol }],
    readiness,
  });

  test.each([15_080, 15_081])('on its port %d is refused', (port) => {
    expectRefused(
      { drainProxy: haproxy(), sidecars: [sidecar(port)] },
      `drainProxy.port = 15080: a sidecar listens on ${port}, and the proxy needs this number and the next one. Write a port whose next one is free, too, for example DrainProxy.haproxy({ port: 15082 }).`,
    );
    expectAccepted({ drainProxy: haproxy(), sidecars: [sidecar(port, Protocol.UDP)] });
  });

  test.each([15_080, 15_081])('that waits for its port %d is refused', (port) => {
    expectRefused(
      { drainProxy: haproxy(), sidecars: [sidecar(9000, Protocol.TCP, HealthCheck.tcp({ port }))] },
      `sidecars[0].readiness.port = ${port}: the proxy of drainProxy listens there, which starts only when this sidecar is ready, so no pod would ever start. Ask a port of the sidecar itself.`,
    );
  });
});
