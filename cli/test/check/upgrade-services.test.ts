import { describe, expect, it } from 'vitest';
import { type Body, broken, deployment, ingress, path, service, web } from './upgrade-manifests.js';

describe('Services', () => {
  it.each<[string, Body, Body, readonly string[]]>([
    ['clusterIP: None for a Service with an address', {}, { clusterIP: 'None' }, ['cluster-ip-immutable']],
    ['an address that is written down for the first time', {}, { clusterIP: '10.96.0.10' }, []],
    ['an address that is no longer written', { clusterIP: '10.96.0.10' }, {}, []],
    [
      'an ExternalName may have got any address',
      { type: 'ExternalName', externalName: 'a.example.com', clusterIP: '10.96.0.10' },
      { clusterIP: 'None' },
      [],
    ],
    [
      'ClusterIP becomes ExternalName',
      {},
      { type: 'ExternalName', externalName: 'a.example.com' },
      ['service-type-lowered'],
    ],
    ['NodePort becomes LoadBalancer', { type: 'NodePort' }, { type: 'LoadBalancer' }, []],
    ['a policy on a Service that nobody outside reaches', {}, { externalTrafficPolicy: 'Local' }, []],
    [
      'a policy that comes with the load balancer',
      {},
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
      [],
    ],
    [
      'a policy that is written as it is by default',
      { type: 'NodePort' },
      { type: 'NodePort', externalTrafficPolicy: 'Cluster' },
      [],
    ],
    [
      'a port of a headless Service',
      { clusterIP: 'None' },
      { clusterIP: 'None', ports: [{ port: 8080 }] },
      [],
    ],
    [
      'the same port with another protocol',
      {},
      { ports: [{ port: 80, targetPort: 'http', protocol: 'UDP' }] },
      ['service-port-removed'],
    ],
    [
      'a port whose protocol is written as it is by default',
      {},
      { ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }] },
      [],
    ],
    [
      'a port that gets a name',
      {},
      { ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
      ['service-port-renamed'],
    ],
    [
      'a port that loses its name, of a headless Service',
      { clusterIP: 'None', ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
      { clusterIP: 'None' },
      [],
    ],
    ['a port that had no number', { ports: [{ name: 'http', targetPort: 'http' }] }, {}, []],
    ['a name becomes its number', {}, { ports: [{ port: 80, targetPort: 8080 }] }, []],
    [
      'a name becomes another number',
      {},
      { ports: [{ port: 80, targetPort: 9090 }] },
      ['target-port-not-in-running-pods'],
    ],
    [
      'another port of a headless Service',
      { clusterIP: 'None' },
      { clusterIP: 'None', ports: [{ port: 80, targetPort: 9090 }] },
      [],
    ],
    ['a second IP family', { ipFamilies: ['IPv4'] }, { ipFamilies: ['IPv4', 'IPv6'] }, []],
    [
      'one IP family less',
      { ipFamilies: ['IPv4', 'IPv6'] },
      { ipFamilies: ['IPv4'] },
      ['ip-families-immutable'],
    ],
    [
      'one IP family less with SingleStack',
      { ipFamilies: ['IPv4', 'IPv6'] },
      { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
      [],
    ],
    [
      'a node port that is no longer written',
      { type: 'NodePort', ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }] },
      { type: 'NodePort' },
      [],
    ],
    [
      'a class that the load balancer gets later',
      { type: 'LoadBalancer' },
      { type: 'LoadBalancer', loadBalancerClass: 'a.example.com/b' },
      ['load-balancer-class-immutable'],
    ],
    [
      'source ranges for the first time',
      { type: 'LoadBalancer' },
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] },
      ['source-ranges-narrowed', 'source-ranges-narrowed'],
    ],
    [
      'a wider range',
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.1.0.0/16'] },
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'] },
      [],
    ],
    [
      'peers that find each other early',
      { clusterIP: 'None' },
      { clusterIP: 'None', publishNotReadyAddresses: true },
      [],
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(broken([web, service(before)], [web, service(after)])).toEqual(rules);
  });

  it.each<[string, Body, Body, readonly string[]]>([
    [
      'scheme',
      { 'aws-load-balancer-scheme': 'internal' },
      { 'aws-load-balancer-scheme': 'internet-facing' },
      ['load-balancer-replaced'],
    ],
    [
      'the older word for the scheme',
      { 'aws-load-balancer-internal': 'true' },
      { 'aws-load-balancer-scheme': 'internal' },
      [],
    ],
    [
      'the name, which is not heeded later',
      { 'aws-load-balancer-name': 'a' },
      { 'aws-load-balancer-name': 'b' },
      [],
    ],
    ['internal at Azure', {}, { 'azure-load-balancer-internal': 'true' }, ['load-balancer-replaced']],
    ['what is so by default at Azure', {}, { 'azure-load-balancer-internal': 'false' }, []],
  ])('annotations of a cloud: %s', (_what, before, after, rules) => {
    const balanced = (annotations: Body) =>
      service(
        { type: 'LoadBalancer' },
        {
          annotations: Object.fromEntries(
            Object.entries(annotations).map(([name, value]) => [`service.beta.kubernetes.io/${name}`, value]),
          ),
        },
      );
    expect(broken([web, balanced(before)], [web, balanced(after)])).toEqual(rules);
  });
});

describe('pods behind a Service', () => {
  const blue = deployment('blue', {}, {}, { app: 'web', color: 'blue' });
  const green = deployment('green', {}, {}, { app: 'web', color: 'green' });
  const pointsTo = (color: string) => service({ selector: { color } });

  it('may be switched to others that run', () => {
    expect(broken([blue, green, pointsTo('blue')], [blue, green, pointsTo('green')])).toEqual([]);
    expect(broken([blue, pointsTo('blue')], [blue, green, pointsTo('green')])).toEqual([
      'selector-misses-running-pods',
    ]);
  });

  it('cannot get new labels where their workload is refused', () => {
    const old = [deployment('web'), service()];
    const template = { metadata: { labels: { app: 'shop' } }, spec: {} };
    const renamed = deployment('web', {}, {}, { app: 'shop' });
    const switched = service({ selector: { app: 'shop' } });
    expect(broken(old, [renamed, switched])).toEqual(['selector-immutable']);
    expect(broken(old, [deployment('web', { template }), switched])).toEqual([]);
  });

  it('do not run when their replicas are 0', () => {
    const off = deployment('green', { replicas: 0 }, {}, { app: 'web', color: 'green' });
    expect(broken([blue, off, pointsTo('blue')], [blue, green, pointsTo('green')])).toEqual([
      'selector-misses-running-pods',
    ]);
    expect(broken([off, pointsTo('green')], [green, service({ selector: { app: 'web' } })])).toEqual([]);
  });

  it('may lose a workload when another one stays', () => {
    expect(broken([blue, green, service()], [green, service()])).toEqual([]);
    expect(
      broken(
        [blue, green, service()],
        [blue, deployment('green', { replicas: 0 }, {}, { app: 'web', color: 'green' }), service()],
      ),
    ).toEqual([]);
  });

  it('have the port by name if one of them has', () => {
    const pod = (name: string) => ({
      containers: [{ name: 'main', ports: [{ name, containerPort: 8080 }] }],
    });
    const pods = [deployment('one', {}, pod('http')), deployment('two', {}, pod('web'))];
    expect(
      broken([...pods, service()], [...pods, service({ ports: [{ port: 80, targetPort: 'web' }] })]),
    ).toEqual([]);
  });
});

describe('Ingresses', () => {
  const shop = path('shop.example.com', '/');

  it.each<[string, readonly Body[], readonly string[]]>([
    ['a host that another Ingress serves', [ingress('other', [shop])], []],
    ['a host that a wildcard serves', [ingress('web', [path('*.example.com', '/')])], []],
    ['a host that a rule without a host serves', [ingress('web', [path(undefined, '/')])], []],
    [
      'a host that the default backend serves',
      [ingress('web', [], { defaultBackend: { service: { name: 'web' } } })],
      [],
    ],
    ['a wildcard of another level', [ingress('web', [path('*.com', '/')])], ['ingress-host-removed']],
    ['an Ingress that is gone', [], ['ingress-host-removed']],
    [
      'a path instead of all',
      [ingress('web', [path('shop.example.com', '/cart')])],
      ['ingress-path-removed'],
    ],
    [
      'a path as an exact one',
      [ingress('web', [path('shop.example.com', '/', 'web', 'Exact')])],
      ['ingress-path-removed'],
    ],
  ])('%s', (_what, after, rules) => {
    expect(broken([web, service(), ingress('web', [shop])], [web, service(), ...after])).toEqual(rules);
  });

  it('may get a class that is written for the first time, and the same one as a field', () => {
    const classed = ingress('web', [shop], { ingressClassName: 'inner' });
    const annotated = ingress('web', [shop], {}, { annotations: { 'kubernetes.io/ingress.class': 'inner' } });
    expect(broken([ingress('web', [shop])], [classed])).toEqual([]);
    expect(broken([annotated], [classed])).toEqual([]);
    expect(broken([classed], [ingress('web', [shop])])).toEqual(['ingress-class-changed']);
  });
});
