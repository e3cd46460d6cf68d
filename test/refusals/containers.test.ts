import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { HealthCheck, type Sidecar } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  expectRefusedAtSynth,
  expectSynthError,
  newChart,
  yamlOf,
} from '../helpers';

const proxy = (more: Partial<Sidecar> = {}): Sidecar => ({ name: 'proxy', image: 'proxy:1', ...more });

describe('the name of a further container', () => {
  const RULE = "at most 63 lower-case letters, digits and '-'";
  const TWICE =
    "another container of the pod has this name, so the API server refuses the Deployment. Give each container a name of its own; the application's is container.name.";

  test.each(['', 'Proxy', 'a.b', 'x'.repeat(64)])('"%s" is refused', (name) => {
    expectRefused(
      { sidecars: [proxy({ name })] },
      `sidecars[0].name = "${name}": Kubernetes does not take it as a name, which is ${RULE}. Write for example name: 'proxy'.`,
    );
    expectRefused(
      { initContainers: [proxy({ name })] },
      `initContainers[0].name = "${name}": Kubernetes does not take it as a name, which is ${RULE}. Write for example name: 'migrate'.`,
    );
  });

  test("is not that of the application's", () => {
    expectRefused({ sidecars: [proxy({ name: 'main' })] }, `sidecars[0].name = "main": ${TWICE}`);
    expectRefused({ initContainers: [proxy({ name: 'main' })] }, `initContainers[0].name = "main": ${TWICE}`);
    expectAccepted({ container: { name: 'app' }, sidecars: [proxy({ name: 'main' })] });
  });

  test('is there only once', () => {
    expectRefused({ sidecars: [proxy(), proxy()] }, `sidecars[1].name = "proxy": ${TWICE}`);
    expectRefused(
      { sidecars: [proxy()], initContainers: [proxy()] },
      `initContainers[0].name = "proxy": ${TWICE}`,
    );
  });

  test.each(['main', 'migrate', 'proxy'])('%s, added through cdk8s-plus, is there only once', (name) => {
    const props = {
      sidecars: [proxy()],
      initContainers: [{ name: 'migrate', image: 'migrate:1' }],
    };
    const message = `container name = "${name}": two containers of the pod have this name, so the API server refuses the Deployment. Give each a name of its own: deployment.addContainer() calls one without a name main.`;
    expectRefusedAtSynth(props, (web) => web.deployment.addContainer({ name, image: 'b:1' }), message);
    expectRefusedAtSynth(props, (web) => web.deployment.addInitContainer({ name, image: 'b:1' }), message);
  });
});

describe('the user of a further container', () => {
  test.each(['sidecars', 'initContainers'])(
    'of %s is not root where that is refused by the kubelet',
    (prop) => {
      const asked = (securityContext: Sidecar['securityContext']) => ({
        [prop]: [proxy({ securityContext })],
      });
      expectRefused(
        asked({ user: 0 }),
        `${prop}[0].securityContext.user = 0: ensureNonRoot is true unless it is given, so the kubelet would not start the container. Write another user, or ensureNonRoot: false, which namespaces that enforce \`restricted\` do not admit.`,
      );
      expectAccepted(asked({ user: 0, ensureNonRoot: false }));
      expectAccepted(asked({ user: 1 }));
    },
  );
});

describe('a working directory', () => {
  const REASON = 'the container would not start, since its runtime asks for an absolute path';

  test('is absolute', () => {
    expectRefused(
      { container: { workingDir: 'srv' } },
      `container.workingDir = "srv": ${REASON}. Write '/srv'.`,
    );
    expectRefused({ container: { workingDir: '' } }, `container.workingDir = "": ${REASON}. Write '/'.`);
    expectAccepted({ container: { workingDir: '/srv' } });
  });

  test.each(['sidecars', 'initContainers'])('of %s is absolute', (prop) => {
    expectRefused(
      { [prop]: [proxy(), proxy({ name: 'b', workingDir: 'srv' })] },
      `${prop}[1].workingDir = "srv": ${REASON}. Write '/srv'.`,
    );
  });
});

describe('a sidecar that the application waits for', () => {
  const ports = (name: string, port: number) => ({ name, ports: [{ name, port }] });
  const REASON =
    'who listens there starts only when this sidecar is ready, so no pod would ever start. Ask a port of the sidecar itself.';

  test.each([8080, 9090])('does not wait for port %d of the application', (port) => {
    expectRefused(
      {
        extraPorts: [{ name: 'metrics', port: 9090 }],
        sidecars: [proxy({ readiness: HealthCheck.http('/', { port }) })],
      },
      `sidecars[0].readiness.port = ${port}: ${REASON}`,
    );
  });

  test('does not wait for a later one', () => {
    const [first, second] = [proxy(ports('first', 9001)), proxy(ports('second', 9002))];
    expectRefused(
      { sidecars: [{ ...first, readiness: HealthCheck.tcp({ port: 9002 }) }, second] },
      `sidecars[0].readiness.port = 9002: ${REASON}`,
    );
    expectAccepted({ sidecars: [first, { ...second, readiness: HealthCheck.tcp({ port: 9001 }) }] });
    expectAccepted({ sidecars: [{ ...first, readiness: HealthCheck.tcp({ port: 9001 }) }, second] });
  });

  test('may ask a port of its own that the application has with another protocol', () => {
    const udp = { name: 'u', port: 8080, protocol: kplus.Protocol.UDP };
    expectAccepted({ sidecars: [proxy({ ports: [udp], readiness: HealthCheck.tcp({ port: 8080 }) })] });
  });
});

describe('the ports of a sidecar', () => {
  const SHARED = (protocol: string) =>
    `another ${protocol} port of the pod has this number, and all its containers share one network, so one of them would not start. Let the sidecar listen on a port of its own.`;
  const ports = (...numbers: number[]) => numbers.map((port, i) => ({ name: `p-${i}`, port }));

  test("are not the application's", () => {
    expectRefused(
      { sidecars: [proxy({ ports: ports(8080) })] },
      `sidecars[0].ports[0].port = 8080: ${SHARED('TCP')}`,
    );
    expectRefused(
      {
        extraPorts: [{ name: 'dns', port: 53, protocol: kplus.Protocol.UDP }],
        sidecars: [proxy({ ports: [{ name: 'd', port: 53, protocol: kplus.Protocol.UDP }] })],
      },
      `sidecars[0].ports[0].port = 53: ${SHARED('UDP')}`,
    );
    expectAccepted({
      sidecars: [proxy({ ports: [{ name: 'u', port: 8080, protocol: kplus.Protocol.UDP }] })],
    });
  });

  test('are there only once', () => {
    expectRefused(
      { sidecars: [proxy({ ports: ports(9000, 9000) })] },
      `sidecars[0].ports[1].port = 9000: ${SHARED('TCP')}`,
    );
    expectRefused(
      {
        sidecars: [
          proxy({ ports: ports(9000) }),
          proxy({ name: 'second', ports: [{ name: 'q', port: 9000 }] }),
        ],
      },
      `sidecars[1].ports[0].port = 9000: ${SHARED('TCP')}`,
    );
  });

  test('have names and service ports that no other has', () => {
    const port = { name: 'http', port: 9000 };
    expectRefused(
      { sidecars: [proxy({ ports: [port] })] },
      'sidecars[0].ports[0].name = "http": another port has this name, so a Service could not tell them apart. Give each port a name of its own.',
    );
    expectRefused(
      { sidecars: [proxy({ ports: [{ ...port, name: 'proxy', servicePort: 80 }] })] },
      'sidecars[0].ports[0].servicePort = 80: the Service offers another port under this number. Give each offered port a servicePort of its own.',
    );
  });

  test('are numbers of ports', () => {
    const RANGE = 'it has to be a whole number from 1 to 65535. Write 1.';
    expectRefused({ sidecars: [proxy({ ports: ports(0) })] }, `sidecars[0].ports[0].port = 0: ${RANGE}`);
    expectRefused(
      { sidecars: [proxy({ ports: [{ name: 'a', port: 1, servicePort: 0 }] })] },
      `sidecars[0].ports[0].servicePort = 0: ${RANGE}`,
    );
  });

  test('of a container that was added through cdk8s-plus are not taken', () => {
    const message = (port: string) =>
      `container port = ${port}: two containers of the pod listen on it, and all of them share one network, so one of them does not start. Let each container listen on a port of its own.`;
    expectRefusedAtSynth(
      { sidecars: [proxy({ ports: ports(9000) })] },
      (web) => {
        const own = [{ number: 8080 }, { number: 9000 }, { number: 53, protocol: kplus.Protocol.UDP }];
        web.deployment.addContainer({ name: 'second', image: 'second:1', ports: own });
        web.container.addPort({ number: 53, protocol: kplus.Protocol.UDP });
      },
      message('8080 TCP'),
      message('53 UDP'),
      message('9000 TCP'),
    );
  });

  test('of an init container may be the same, since it has ended by then', () => {
    expectAccepted({}, (web) => {
      web.deployment.addInitContainer({ name: 'init', image: 'init:1', ports: [{ number: 8080 }] });
    });
  });

  test('are no host ports', () => {
    expectRefusedAtSynth(
      { sidecars: [proxy()] },
      (web) => web.deployment.initContainers[0].addPort({ number: 9000, hostPort: 9000 }),
      'hostPort = 9000: a new pod cannot use it on a node where an old one runs, so a rollout hangs on small clusters. Use the Service instead of a hostPort, or acceptDowntimeOnRollout: true with rollout: { strategy: DeploymentStrategy.recreate() }.',
    );
  });
});

describe('the readiness of a sidecar', () => {
  test('without a port to ask is refused', () => {
    expectRefused(
      { sidecars: [proxy({ readiness: HealthCheck.http('/') })] },
      'sidecars[0].readiness.port = undefined: the sidecar has no port that could be asked. Give it ports, or write HealthCheck.command([...]).',
    );
  });

  test('of a port that no container has is refused', () => {
    expectRefusedAtSynth(
      {
        sidecars: [proxy({ ports: [{ name: 'p', port: 9000 }], readiness: HealthCheck.tcp({ port: 9001 }) })],
      },
      () => {},
      'sidecars[0].readiness.port = 9001: no container has this port. Write one of 8080, 9000, or add the port to extraPorts.',
    );
  });

  test('is checked as that of the application', () => {
    const ports = [{ name: 'p', port: 9000 }];
    expectRefused(
      { sidecars: [proxy({ ports, readiness: HealthCheck.http('ready') })] },
      'sidecars[0].readiness.path = "ready": a path starts with /. Write HealthCheck.http(\'/ready\').',
    );
    expectRefused(
      { sidecars: [proxy({ ports, readiness: HealthCheck.tcp({ failureThreshold: 0 }) })] },
      'sidecars[0].readiness.failureThreshold = 0: it has to be a whole number of at least 1. Write 1.',
    );
    expectRefused(
      { sidecars: [proxy({ ports, readiness: HealthCheck.tcp({ port: -1 }) })] },
      'sidecars[0].readiness.port = -1: it has to be a whole number from 1 to 65535. Write 1.',
    );
  });
});

describe('an added container that asks for no room', () => {
  const cpu = { request: kplus.Cpu.millis(50) };
  const memory = { request: Size.mebibytes(64) };
  const message = (prop: string, missing: string) =>
    `${prop} = no request of ${missing}: the scheduler would keep no room for the container, and a HorizontalPodAutoscaler by utilization of ${missing} does nothing as soon as one container asks for none. Write for example { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(64) } }.`;

  test.each([
    [{}, 'cpu'],
    [{ memory }, 'cpu'],
    [{ cpu: {}, memory }, 'cpu'],
    [{ cpu }, 'memory'],
    [{ cpu, memory: {} }, 'memory'],
  ])('is refused: %#', (resources, missing) => {
    expectRefusedAtSynth(
      {},
      (web) => web.deployment.addContainer({ name: 'second', image: 'second:1', resources }),
      message("container 'second' resources", missing),
    );
  });

  test('is taken when it asks, also by a limit alone', () => {
    const resources = { cpu: { limit: kplus.Cpu.units(1) }, memory: { limit: Size.mebibytes(64) } };
    expectAccepted({}, (web) =>
      web.deployment.addContainer({ name: 'second', image: 'second:1', resources }),
    );
  });
});

describe('two volumes of one name', () => {
  const message = (name: string) =>
    `volume name = "${name}": two volumes of the pod have this name, and a mount could not tell them apart. Give each a name of its own; a writable path of security makes one of its own, such as 'tmp' for /tmp.`;

  test('are refused, in whichever containers they are', () => {
    const chart = newChart();
    const volume = (id: string, name: string) => kplus.Volume.fromEmptyDir(chart, id, name);
    const mount = (id: string, name: string) => [{ path: '/tmp', volume: volume(id, name) }];
    const web = addWeb(chart, {
      sidecars: [proxy({ volumeMounts: mount('Sidecar', 'tmp') })],
      initContainers: [{ name: 'init', image: 'init:1', volumeMounts: mount('Init', 'cache') }],
    });
    web.deployment.addVolume(volume('Pod', 'cache'));
    expectSynthError(
      chart,
      ['tmp', 'cache'].map((name) => `[chart/web] ${message(name)}`),
    );
  });

  test('are one where two containers share it', () => {
    const chart = newChart();
    const volume = kplus.Volume.fromEmptyDir(chart, 'Shared', 'shared');
    const volumeMounts = [{ path: '/shared', volume }];
    addWeb(chart, { volumeMounts, sidecars: [proxy({ volumeMounts })] });
    expect(yamlOf(chart)).toHaveLength(3);
  });
});

test('two volumes at one path of an init container are refused', () => {
  const chart = newChart();
  const at = (id: string) => ({ path: '/data', volume: kplus.Volume.fromEmptyDir(chart, id, id) });
  addWeb(chart, { initContainers: [{ name: 'init', image: 'init:1', volumeMounts: [at('a'), at('b')] }] });
  expect(() => yamlOf(chart)).toThrow(
    '[chart/web] volume mount path = "/data": two volumes are mounted there',
  );
});
