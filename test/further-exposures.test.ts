import { Duration } from 'cdk8s';
import { HttpIngressPathType, Protocol } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsTargetType, Drain, DrainProxy, Exposure, ExternalTrafficPolicy, NetworkAccess } from '../src';
import { addWeb, type Manifest, newChart, objectOf, type Props, render, yamlOf } from './helpers';

const { seconds } = Duration;
const INTERNAL = Exposure.clusterIp({ serviceName: 'web-internal' });
const LABELS = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/instance': 'web' };

/** All Services by their names. */
function services(props: Props): Record<string, Manifest> {
  const chart = newChart();
  addWeb(chart, props);
  const found = yamlOf(chart).filter(({ kind }) => kind === 'Service');
  return Object.fromEntries(found.map((service) => [service.metadata.name, service]));
}

/** The numbers that the ways to the pods decide. */
function times(...exposures: Exposure[]) {
  const [exposure, ...further] = exposures;
  const chart = newChart();
  const furtherExposures = further.length > 0 ? further : undefined;
  addWeb(chart, { exposure, furtherExposures });
  const { spec, metadata } = objectOf(chart, 'Deployment');
  const podSpec = spec.template.spec;
  return {
    drain: podSpec.containers[0].lifecycle.preStop.sleep.seconds,
    minReady: spec.minReadySeconds ?? 0,
    grace: podSpec.terminationGracePeriodSeconds,
    deadline: spec.progressDeadlineSeconds,
    annotations: metadata.annotations,
  };
}

describe('a further exposure', () => {
  test('is another Service of the same pods, which finds their ports by name', () => {
    const { web, 'web-internal': internal } = services({
      furtherExposures: [INTERNAL],
      extraPorts: [{ name: 'admin', port: 9000, servicePort: 9000 }],
    });
    expect(internal).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web-internal', labels: LABELS },
      spec: { ...web.spec, type: 'ClusterIP' },
    });
    expect(internal.spec.ports).toEqual([
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
      { name: 'admin', port: 9000, protocol: 'TCP', targetPort: 'admin' },
    ]);
  });

  test('leads to the drain proxy', () => {
    const { 'web-internal': internal } = services({
      furtherExposures: [INTERNAL],
      drainProxy: DrainProxy.haproxy(),
    });
    expect(internal.spec.ports[0].targetPort).toBe('http');
    const { podSpec } = render({ drainProxy: DrainProxy.haproxy() });
    expect(podSpec.initContainers[0].ports[0]).toMatchObject({ name: 'http', containerPort: 15_080 });
  });

  test('has settings of its own', () => {
    const { web, 'web-internal': internal } = services({
      annotations: { team: 'shop' },
      exposure: Exposure.gke({
        servicePort: 8000,
        externalTrafficPolicy: ExternalTrafficPolicy.LOCAL,
      }),
      furtherExposures: [
        Exposure.clusterIp({
          serviceName: 'web-internal',
          servicePort: 8080,
          appProtocol: 'http',
          serviceAnnotations: { inside: 'yes' },
        }),
      ],
    });
    expect(web.spec).toMatchObject({ externalTrafficPolicy: 'Local', ports: [{ port: 8000 }] });
    expect(web.spec.ports[0]).not.toHaveProperty('appProtocol');
    expect(internal.metadata.annotations).toEqual({ team: 'shop', inside: 'yes' });
    expect(internal.spec).not.toHaveProperty('externalTrafficPolicy');
    expect(internal.spec.ports).toEqual([
      { name: 'http', port: 8080, protocol: 'TCP', targetPort: 'http', appProtocol: 'http' },
    ]);
  });

  test('can be an Ingress or an HTTPRoute of its own', () => {
    const chart = newChart();
    const web = addWeb(chart, {
      exposure: Exposure.ingress({ ingressClassName: 'public' }),
      furtherExposures: [
        Exposure.ingress({ ingressClassName: 'internal', serviceName: 'web-internal' }),
        Exposure.httpRoute({ gateway: 'public', serviceName: 'web-gateway', servicePort: 8000 }),
      ],
    });
    const objects = yamlOf(chart);
    const named = (kind: string) => objects.filter((object) => object.kind === kind);
    expect(named('Ingress').map(({ metadata, spec }) => [metadata.name, spec.ingressClassName])).toEqual([
      ['web', 'public'],
      ['web-internal', 'internal'],
    ]);
    expect(named('Ingress')[1].spec.rules[0].http.paths).toEqual([
      {
        path: '/',
        pathType: HttpIngressPathType.PREFIX,
        backend: { service: { name: 'web-internal', port: { number: 80 } } },
      },
    ]);
    expect(named('HTTPRoute')[0].spec.rules[0].backendRefs).toEqual([{ name: 'web-gateway', port: 8000 }]);
    expect(web.furtherServices.map(({ name }) => name)).toEqual(['web-internal', 'web-gateway']);
    expect(web.httpRoute).toBeUndefined();
  });

  test('keeps its construct whatever stands before it', () => {
    const idOf = (...furtherExposures: Exposure[]) => {
      const { furtherServices } = addWeb(newChart(), { furtherExposures });
      return furtherServices.find(({ name }) => name === 'web-internal')?.node.id;
    };
    expect(idOf(Exposure.headless({ serviceName: 'web-pods' }), INTERNAL)).toBe(idOf(INTERNAL));
  });

  test('offers some of the ports, if it is told which', () => {
    const { web, 'web-internal': internal } = services({
      selectorLabels: { app: 'web' },
      exposure: Exposure.loadBalancer({ portNames: ['main'] }),
      furtherExposures: [Exposure.clusterIp({ serviceName: 'web-internal', portNames: ['admin'] })],
      extraPorts: [{ name: 'admin', port: 9000, servicePort: 9000 }],
      networkPolicy: NetworkAccess.toServicePorts(),
    });
    expect(web.spec.ports).toEqual([{ port: 80, protocol: 'TCP', targetPort: 8080 }]);
    expect(internal.spec.ports).toEqual([
      { name: 'admin', port: 9000, protocol: 'TCP', targetPort: 'admin' },
    ]);
  });

  test('is let in by the NetworkPolicy', () => {
    const chart = newChart();
    addWeb(chart, {
      exposure: Exposure.loadBalancer({ portNames: ['http'] }),
      furtherExposures: [Exposure.clusterIp({ serviceName: 'web-internal', portNames: ['admin'] })],
      extraPorts: [{ name: 'admin', port: 9000, servicePort: 9000 }],
      networkPolicy: NetworkAccess.toServicePorts(),
    });
    expect(objectOf(chart, 'NetworkPolicy').spec.ingress).toEqual([
      {
        ports: [
          { port: 'http', protocol: 'TCP' },
          { port: 'admin', protocol: 'TCP' },
        ],
      },
    ]);
  });
});

describe('of several exposures', () => {
  const IP = Exposure.awsNlb({ targetType: AwsTargetType.IP, serviceName: 'web-nlb' });
  const GATE = Exposure.awsNlb({
    targetType: AwsTargetType.IP,
    readinessGate: true,
    deregistrationDelay: seconds(300),
    serviceName: 'web-gate',
  });
  const SLOW = Exposure.ingress({ removalTime: seconds(200), serviceName: 'web-ingress' });

  test('the slowest decides on drain, minReady, grace period and deadline, wherever it stands', () => {
    const asIp = { drain: 135, minReady: 220, grace: 165, deadline: 820 };
    expect(times(IP)).toMatchObject(asIp);
    expect(times(IP, INTERNAL)).toMatchObject(asIp);
    expect(times(Exposure.loadBalancer(), INTERNAL, IP)).toMatchObject(asIp);
  });

  test('each respect has its own slowest', () => {
    // drain of the Ingress, minReady of the one without a gate, the gate of the other, and its kept connections.
    expect(times(Exposure.loadBalancer(), IP, GATE, SLOW)).toMatchObject({
      drain: 215,
      minReady: 220,
      grace: 315,
      deadline: 300 + 220 + 220 + 300,
    });
  });

  test('the annotations name the slowest of each respect', () => {
    const { annotations } = times(Exposure.loadBalancer(), IP, SLOW);
    expect(annotations['zero-downtime/drain']).toMatch(/^at least 215 s behind an Ingress: /);
    expect(annotations['zero-downtime/min-ready']).toMatch(
      /^at least 220 s behind an AWS NLB with IP targets: /,
    );
  });
});

describe('a headless Service', () => {
  test('has no address, offers the ports under the numbers of the pods, and only ready pods', () => {
    const { 'web-pods': headless } = services({
      furtherExposures: [Exposure.headless({ serviceName: 'web-pods', appProtocol: 'kubernetes.io/h2c' })],
      extraPorts: [
        { name: 'events', port: 9000, servicePort: 90, protocol: Protocol.UDP },
        { name: 'metrics', port: 9090 },
      ],
    });
    expect(headless.spec).toEqual({
      clusterIP: 'None',
      type: 'ClusterIP',
      selector: LABELS,
      ports: [
        { name: 'http', port: 8080, protocol: 'TCP', targetPort: 'http', appProtocol: 'kubernetes.io/h2c' },
        { name: 'events', port: 9000, protocol: 'UDP', targetPort: 'events' },
      ],
    });
  });

  test('offers the number of the drain proxy, to which clients then connect', () => {
    const { 'web-pods': headless } = services({
      furtherExposures: [Exposure.headless({ serviceName: 'web-pods' })],
      drainProxy: DrainProxy.haproxy({ port: 16_000 }),
    });
    expect(headless.spec.ports).toEqual([
      { name: 'http', port: 16_000, protocol: 'TCP', targetPort: 'http' },
    ]);
  });

  test('can be the only one, and pods serve until clients have asked DNS again', () => {
    const expected = { drain: 45, minReady: 0, grace: 75, deadline: 600 };
    expect(times(Exposure.headless())).toMatchObject(expected);
    expect(times(Exposure.headless()).annotations['zero-downtime/drain']).toBe(
      'at least 45 s behind a headless Service: 15 s until every node and controller has heard that the pod goes + 30 s for which clients keep an answer of DNS',
    );
    expect(times(Exposure.headless({ removalTime: seconds(5) }))).toMatchObject({ drain: 20 });
    expect(services({ exposure: Exposure.headless() }).web.spec.clusterIP).toBe('None');
  });
});

test('a drain that is longer than all exposures need is kept', () => {
  const { container } = render({ drain: Drain.sleep(seconds(60)), exposure: Exposure.headless() });
  expect(container.lifecycle.preStop.sleep.seconds).toBe(60);
});
