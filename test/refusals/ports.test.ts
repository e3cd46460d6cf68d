import { ApiObject } from 'cdk8s';
import { Protocol, type Service } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { Exposure, type ExtraPort, type ServiceOptions, type ZeroDowntimeDeployment } from '../../src';
import {
  addWeb,
  expectAccepted,
  expectRefused,
  expectRefusedAtSynth,
  type Manifest,
  messageOf,
  newChart,
  type Props,
} from '../helpers';

/** The name of a Service, and its ports without their names. */
function offeredBy(service: Service): object {
  const { metadata, spec } = ApiObject.of(service).toJson();
  return {
    name: metadata.name,
    ports: spec.ports.map(({ port, protocol, targetPort }: Manifest) => ({ port, protocol, targetPort })),
  };
}

const RANGE = 'it has to be a whole number from 1 to 65535';
const extra = { name: 'extra', port: 9090 };

describe('numbers of ports', () => {
  test.each([
    [0, 1],
    [-1, 1],
    [65536, 65535],
    [80.5, 81],
    [NaN, 8080],
    [Infinity, 65535],
  ])('%d is refused', (port, nearest) => {
    expectRefused({ port }, `port = ${port}: ${RANGE}. Write ${nearest}.`);
    expectRefused(
      { exposure: Exposure.loadBalancer({ servicePort: port }) },
      `exposure.servicePort = ${port}: ${RANGE}. Write ${nearest}.`,
    );
    expectRefused(
      { extraPorts: [extra, { name: 'b', port }] },
      `extraPorts[1].port = ${port}: ${RANGE}. Write ${nearest}.`,
    );
    expectRefused(
      { extraPorts: [{ ...extra, servicePort: port }] },
      `extraPorts[0].servicePort = ${port}: ${RANGE}. Write ${nearest}.`,
    );
  });

  test.each([1, 65535])('%i is taken', (port) => {
    expectAccepted({ port, exposure: Exposure.loadBalancer({ servicePort: port }) });
    expectAccepted({ extraPorts: [{ name: 'extra', port, servicePort: port }] });
  });
});

describe('names of ports', () => {
  const RULE =
    "Kubernetes does not take it as the name of a port. Write at most 15 lower-case letters, digits and '-', with at least one letter, for example 'metrics'.";

  test.each(['', 'HTTP', '80', 'a--b', '-a', 'a-', 'a.b', 'x'.repeat(16)])('"%s" is refused', (name) => {
    expectRefused({ portName: name }, `portName = "${name}": ${RULE}`);
    expectRefused({ extraPorts: [extra, { name, port: 7000 }] }, `extraPorts[1].name = "${name}": ${RULE}`);
  });

  test.each(['a', 'metrics', '8080-x', 'x'.repeat(15)])('%s is taken', (name) => {
    expectAccepted({ portName: name });
    expectAccepted({ extraPorts: [{ name, port: 9090 }] });
  });

  test('are different from each other', () => {
    const TWICE =
      'another port has this name, so a Service could not tell them apart. Give each port a name of its own.';
    expectRefused({ extraPorts: [{ ...extra, name: 'http' }] }, `extraPorts[0].name = "http": ${TWICE}`);
    expectRefused(
      { extraPorts: [extra, { ...extra, port: 9091 }] },
      `extraPorts[1].name = "extra": ${TWICE}`,
    );
    expectRefused(
      { selectorLabels: { app: 'web' }, extraPorts: [{ ...extra, name: 'main' }] },
      `extraPorts[0].name = "main": ${TWICE}`,
    );
  });

  test('may be main or http where the main port has another name', () => {
    expectAccepted({ extraPorts: [{ ...extra, name: 'main' }] });
    expectAccepted({ portName: 'api', extraPorts: [{ ...extra, name: 'http' }] });
  });
});

describe('ports that collide', () => {
  test('two of one number and protocol are refused', () => {
    expectRefused(
      { extraPorts: [{ name: 'extra', port: 8080 }] },
      'extraPorts[0].port = 8080: another TCP port has this number. List each port once.',
    );
    const dns = { name: 'dns', port: 53, protocol: Protocol.UDP };
    expectRefused(
      { extraPorts: [dns, { ...dns, name: 'dns-2' }] },
      'extraPorts[1].port = 53: another UDP port has this number. List each port once.',
    );
  });

  test('of TCP and UDP under one number of a container are refused', () => {
    const dns = { name: 'dns', port: 53 };
    const both = [dns, { ...dns, name: 'dns-udp', protocol: Protocol.UDP }];
    const refusal = (prop: string) =>
      `${prop}.port = 53: the container has a TCP port of this number, and kubectl apply and Helm 3, which tell ports apart by their number alone, lose one of the two or both when a release adds or removes a port. Let it listen on another number for UDP, or write acceptDowntimeOnRollout: true if you apply with --server-side.`;
    expectRefused({ extraPorts: both }, refusal('extraPorts[1]'));
    expectAccepted({ extraPorts: both, acceptDowntimeOnRollout: true });
    const sidecars = (ports: ExtraPort[]) => [{ name: 'dns', image: 'dns:1.2', ports }];
    expectRefused({ sidecars: sidecars(both) }, refusal('sidecars[0].ports[1]'));
    expectAccepted({ extraPorts: [both[0]], sidecars: sidecars([both[1]]) });
  });

  test('two of one service port are refused', () => {
    const OTHER = 'the Service offers another port under this number';
    const FIX = 'Give each offered port a servicePort of its own';
    expectRefused(
      { extraPorts: [{ ...extra, servicePort: 80 }] },
      `extraPorts[0].servicePort = 80: ${OTHER}. ${FIX}.`,
    );
    expectRefused(
      {
        exposure: Exposure.loadBalancer({ servicePort: 443 }),
        extraPorts: [extra, { name: 'tls', port: 8443, servicePort: 443 }],
      },
      `extraPorts[1].servicePort = 443: ${OTHER}. ${FIX}.`,
    );
    expectAccepted({ extraPorts: [{ ...extra, servicePort: 81, protocol: Protocol.UDP }] });
    expectAccepted({
      exposure: Exposure.loadBalancer({ servicePort: 443 }),
      extraPorts: [{ ...extra, servicePort: 80 }],
    });
  });

  const http3: Props = {
    portName: 'https',
    extraPorts: [{ name: 'h3', port: 8443, servicePort: 443, protocol: Protocol.UDP }],
  };

  test('of TCP and UDP under one number of a Service are refused', () => {
    expectRefused(
      { ...http3, exposure: Exposure.loadBalancer({ servicePort: 443 }) },
      "extraPorts[0].servicePort = 443: the Service offers TCP under this number, and kubectl apply and Helm 3, which tell ports apart by their number alone, lose one of the two. Leave the port out of this Service by portNames: ['https'], and give it one of its own by furtherExposures: [Exposure.loadBalancer({ serviceName: 'web-udp', portNames: ['h3'] })].",
    );
  });

  test.each(['loadBalancer', 'nodePort', 'clusterIp'] as const)(
    'of TCP and UDP under one number are taken in two Services, as the refusal says: %s',
    (method) => {
      const props = (more: ServiceOptions) => ({
        ...http3,
        exposure: Exposure[method]({ servicePort: 443, ...more }),
      });
      const message = messageOf(() => addWeb(newChart(), props({})));
      const [, portNames, further] =
        /portNames: (\[.*?\]), .* furtherExposures: \[(.*)\]\.$/.exec(message) ?? [];
      const web = addWeb(newChart(), {
        ...props({ portNames: new Function(`return ${portNames}`)() }),
        furtherExposures: [new Function('Exposure', `return ${further}`)(Exposure)],
      });
      expect([web.service, ...web.furtherServices].map((service) => offeredBy(service))).toEqual([
        { name: 'web', ports: [{ port: 443, protocol: 'TCP', targetPort: 'https' }] },
        { name: 'web-udp', ports: [{ port: 443, protocol: 'UDP', targetPort: 'h3' }] },
      ]);
    },
  );

  test('several may stay inside the pod', () => {
    expectAccepted({ extraPorts: [extra, { name: 'admin', port: 9091 }] });
  });
});

describe('ports of one number that were added later', () => {
  const LOST =
    'and kubectl apply and Helm 3, which tell ports apart by their number alone, lose one of the two';

  test('are refused of a Service', () => {
    const FIX = 'Bind another number, or the port to a Service of furtherExposures';
    expectRefusedAtSynth(
      {},
      (web) => web.service.bind(80, { name: 'udp', protocol: Protocol.UDP, targetPort: 8080 }),
      `port 80 of Service "web" = UDP: it offers TCP under this number, ${LOST}. ${FIX}.`,
    );
    expectRefusedAtSynth(
      {},
      (web) => web.service.bind(80, { name: 'again', targetPort: 8080 }),
      `port 80 of Service "web" = TCP: it offers another port under this number, so the API server refuses it. ${FIX}.`,
    );
    expectAccepted({}, (web) => web.service.bind(81, { name: 'again', targetPort: 8080 }));
  });

  test('are refused of a container, the one that was there first by its protocol', () => {
    expectRefusedAtSynth(
      {},
      (web) => {
        web.container.addPort({ name: 'udp', number: 9000, protocol: Protocol.UDP });
        web.container.addPort({ name: 'tcp', number: 9000 });
      },
      `port 9000 of container 'main' = TCP: it has a UDP port of this number, ${LOST} or both when a release adds or removes a port. Let it listen on another number for TCP, or write acceptDowntimeOnRollout: true if you apply with --server-side.`,
    );
  });

  test('are refused of a container', () => {
    const addUdp = (web: ZeroDowntimeDeployment) =>
      web.container.addPort({ name: 'udp', number: 8080, protocol: Protocol.UDP });
    expectRefusedAtSynth(
      {},
      addUdp,
      `port 8080 of container 'main' = UDP: it has a TCP port of this number, ${LOST} or both when a release adds or removes a port. Let it listen on another number for UDP, or write acceptDowntimeOnRollout: true if you apply with --server-side.`,
    );
    expectAccepted({ acceptDowntimeOnRollout: true }, addUdp);
  });
});

describe('a Service port that no container has', () => {
  test('is refused, with those that there are', () => {
    expectRefusedAtSynth(
      { extraPorts: [extra] },
      (web) => web.service.bind(443, { name: 'tls', targetPort: 8443 }),
      'service port 443 targetPort = 8443: no container has this port. Write one of 8080, 9090, or add the port to extraPorts.',
    );
  });

  test('is refused when the target is the port itself', () => {
    expectRefusedAtSynth(
      {},
      (web) => web.service.bind(443, { name: 'tls' }),
      'service port 443 targetPort = 443: no container has this port. Write one of 8080, or add the port to extraPorts.',
    );
  });

  test('is taken once it is an extra port, a port of a sidecar or one that was added', () => {
    expectAccepted({ extraPorts: [{ name: 'tls', port: 8443 }] }, (web) => {
      web.service.bind(443, { name: 'tls', targetPort: 8443 });
    });
    expectAccepted({}, (web) => {
      web.deployment.addContainer({ name: 'proxy', image: 'proxy:1', portNumber: 8443 });
      web.service.bind(443, { name: 'tls', targetPort: 8443 });
    });
    expectAccepted({}, (web) => {
      web.container.addPort({ number: 8443 });
      web.service.bind(443, { name: 'tls', targetPort: 8443 });
    });
  });

  test('is not asked for by the construct itself', () => {
    const web = addWeb(newChart(), { extraPorts: [{ ...extra, servicePort: 81 }] });
    expect(web.service.ports.map(({ targetPort }) => targetPort)).toEqual([8080, 9090]);
  });
});
