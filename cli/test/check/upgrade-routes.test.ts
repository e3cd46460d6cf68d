import { describe, expect, it } from 'vitest';
import { type Body, broken, deployment, ingress, object, path, service, web } from './upgrade-manifests.js';

const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const host = ['ingress-host-removed'];
const lostPath = ['ingress-path-removed'];
const toWeb = { backendRefs: [{ name: 'web', port: 80 }] };
const at = (value: string, more: Body = {}) => ({ matches: [{ path: { value }, ...more }], ...toWeb });

/** An HTTPRoute of the host shop.example.com at the Gateway public. */
const route = (rules: readonly Body[], spec: Body = {}, name = 'web', kind = 'HTTPRoute') =>
  object(GATEWAY_API, kind, name, {
    parentRefs: [{ name: 'public' }],
    hostnames: ['shop.example.com'],
    rules,
    ...spec,
  });
const step = (before: readonly Body[], after: readonly Body[]) =>
  broken([web, service(), ...before], [web, service(), ...after]);

describe('routes of Gateway API', () => {
  it.each<[string, readonly Body[], readonly string[]]>([
    ['a route that is gone', [], host],
    ['another host', [route([toWeb], { hostnames: ['www.example.com'] })], host],
    ['a host that another route serves', [route([toWeb], {}, 'other')], []],
    ['all hosts', [route([toWeb], { hostnames: undefined })], []],
    ['a wildcard over it', [route([toWeb], { hostnames: ['*.com'] })], []],
    [
      'an Ingress instead, which has another address',
      [ingress('web', [path('shop.example.com', '/')])],
      host,
    ],
    ['a part of the paths', [route([at('/cart')])], lostPath],
    ['all paths, in two rules', [route([at('/cart'), at('/')])], []],
    [
      'all paths of those with a header',
      [route([at('/', { headers: [{ name: 'x', value: 'y' }] })])],
      lostPath,
    ],
    ['a regular expression, of which nothing is known', [route([at('/.*', {}), expression('/.*')])], []],
    ['no backend', [route([{}])], host],
    ['a weight of 0', [route([{ backendRefs: [{ name: 'web', port: 80, weight: 0 }] }])], host],
    [
      'a redirect',
      [route([{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }])],
      [],
    ],
    ['another Gateway', [route([toWeb], { parentRefs: [{ name: 'inner' }] })], host],
    ['one Gateway more', [route([toWeb], { parentRefs: [{ name: 'public' }, { name: 'inner' }] })], []],
    [
      'one listener of the Gateway, which may be the only one',
      [route([toWeb], { parentRefs: [{ name: 'public', sectionName: 'https' }] })],
      [],
    ],
  ])('%s', (_what, after, rules) => {
    expect(step([route([toWeb])], after)).toEqual(rules);
  });

  function expression(value: string) {
    return { matches: [{ path: { type: 'RegularExpression', value } }], ...toWeb };
  }

  it('are not missed at a Gateway or listener that another route takes over', () => {
    const both = route([toWeb], { parentRefs: [{ name: 'public' }, { name: 'inner' }] });
    const inner = route([toWeb], { parentRefs: [{ name: 'inner' }] }, 'inner');
    expect(step([both], [route([toWeb])])).toEqual(host);
    expect(step([both], [route([toWeb]), inner])).toEqual([]);
  });

  it.each<[string, Body, Body, readonly string[]]>([
    ['a method of gRPC', grpc({ service: 'Cart', method: 'Add' }), grpc({ service: 'Cart' }), []],
    ['a service of gRPC', grpc({ service: 'Cart' }), grpc({ service: 'Order' }), lostPath],
    ['all of gRPC', grpc({ service: 'Cart' }), route([toWeb], {}, 'web', 'GRPCRoute'), []],
    [
      'a port for connections',
      route(
        [toWeb],
        { hostnames: undefined, parentRefs: [{ name: 'public', sectionName: 'db' }] },
        'web',
        'TCPRoute',
      ),
      route(
        [toWeb],
        { hostnames: undefined, parentRefs: [{ name: 'public', sectionName: 'db' }] },
        'other',
        'TCPRoute',
      ),
      [],
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(step([before], [after])).toEqual(rules);
  });

  function grpc(method: Body) {
    return route([{ matches: [{ method }], ...toWeb }], {}, 'web', 'GRPCRoute');
  }

  it('may reach the application under another path', () => {
    const rewriting = (value: string) => ({
      ...at('/shop'),
      filters: [
        {
          type: 'URLRewrite',
          urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: value } },
        },
      ],
    });
    expect(step([route([rewriting('/')])], [route([rewriting('/v2')])])).toEqual(lostPath);
    expect(step([route([at('/shop')])], [route([rewriting('/')])])).toEqual(lostPath);
    expect(step([route([rewriting('/')])], [route([rewriting('/'), at('/cart')])])).toEqual([]);
  });

  it('do not grow with hosts times paths', () => {
    const hostnames = Array.from({ length: 2000 }, (_, index) => `shop-${index}.example.com`);
    const rules = Array.from({ length: 2000 }, (_, index) => at(`/${index}`));
    expect(step([route(rules, { hostnames })], [route(rules, { hostnames })])).toEqual([]);
  });
});

describe('pods that do not run yet', () => {
  const green = deployment('green', {}, {}, { app: 'green' });
  const greenService = object('v1', 'Service', 'green', {
    selector: { app: 'green' },
    ports: [{ port: 80, targetPort: 'http' }],
  });
  const weighted = (weight: number) =>
    route([
      {
        backendRefs: [
          { name: 'web', port: 80 },
          { name: 'green', port: 80, weight },
        ],
      },
    ]);

  it('get requests of a route', () => {
    expect(step([weighted(0)], [weighted(10), green, greenService])).toEqual(['backend-not-running']);
    expect(step([weighted(0), green, greenService], [weighted(10), green, greenService])).toEqual([]);
    expect(step([weighted(0)], [weighted(0), green, greenService])).toEqual([]);
  });

  it.each<[string, (name: string) => Body]>([
    [
      'Traefik',
      (name) =>
        object('traefik.io/v1alpha1', 'IngressRoute', 'web', {
          routes: [{ match: 'PathPrefix(`/`)', services: [{ name, port: 80 }] }],
        }),
    ],
    [
      'Istio',
      (name) =>
        object('networking.istio.io/v1', 'VirtualService', 'web', {
          hosts: ['*'],
          gateways: ['public'],
          http: [{ route: [{ destination: { host: name } }] }],
        }),
    ],
  ])('get requests of %s', (_who, entry) => {
    expect(step([entry('web')], [entry('green'), green, greenService])).toEqual(['backend-not-running']);
    expect(step([entry('web')], [entry('web'), green, greenService])).toEqual([]);
  });
});

describe('listeners', () => {
  const gateway = (...listeners: readonly Body[]) =>
    object(GATEWAY_API, 'Gateway', 'public', { gatewayClassName: 'eg', listeners });
  const http = { name: 'http', protocol: 'HTTP', port: 80 };
  const https = { name: 'https', protocol: 'HTTPS', port: 443 };

  it.each<[string, Body, readonly string[]]>([
    ['one less', gateway(http), ['service-port-removed']],
    ['another protocol', gateway(http, { ...https, protocol: 'TLS' }), ['service-port-removed']],
    ['another name', gateway({ ...http, name: 'web' }, https), []],
    ['one more', gateway(http, https, { name: 'dns', protocol: 'UDP', port: 53 }), []],
    ['only one host', gateway(http, { ...https, hostname: 'shop.example.com' }), host],
  ])('%s', (_what, after, rules) => {
    expect(broken([gateway(http, https)], [after])).toEqual(rules);
  });

  it('are servers in Istio', () => {
    const istio = (...hosts: readonly string[]) =>
      object('networking.istio.io/v1', 'Gateway', 'public', {
        selector: { istio: 'ingressgateway' },
        servers: [{ port: { number: 443, protocol: 'HTTPS' }, hosts }],
      });
    expect(broken([istio('a.example.com', 'shop/b.example.com')], [istio('a.example.com')])).toEqual(host);
    expect(broken([istio('a.example.com', 'shop/b.example.com')], [istio('*.example.com')])).toEqual([]);
  });
});

describe('routes of others', () => {
  const traefik = (match: string, more: Body = {}, apiVersion = 'traefik.io/v1alpha1') =>
    object(apiVersion, 'IngressRoute', 'web', {
      routes: [{ match, services: [{ name: 'web', port: 80 }] }],
      ...more,
    });
  const shop = traefik('Host(`shop.example.com`)');

  it.each<[string, Body, readonly Body[], readonly string[]]>([
    ['a rule with another host', shop, [traefik('Host(`www.example.com`)')], host],
    ['a rule with one host more', shop, [traefik('Host(`www.example.com`, `shop.example.com`)')], []],
    ['a rule with a path', shop, [traefik('Host(`shop.example.com`) && PathPrefix(`/cart`)')], lostPath],
    [
      'a rule of which the paths are not known',
      shop,
      [traefik('Host(`shop.example.com`) && !PathPrefix(`/cart`)')],
      [],
    ],
    [
      'a header, and more hosts and paths',
      traefik('Host(`a.example.com`) && Headers(`a`, `b`) && PathPrefix(`/cart`)'),
      [traefik('Headers(`a`, `b`) && PathPrefix(`/`) && Host(`a.example.com`, `b.example.com`)')],
      [],
    ],
    [
      'an expression for hosts, which has brackets',
      traefik('HostRegexp(`^(a|b).example.com$`)'),
      [traefik('Host(`a.example.com`)')],
      host,
    ],
    ['a rule with a header', shop, [traefik('Host(`shop.example.com`) && Headers(`a`, `b`)')], lostPath],
    [
      'the new API group',
      traefik('Host(`a.example.com`)', {}, 'traefik.containo.us/v1alpha1'),
      [traefik('Host(`a.example.com`)')],
      [],
    ],
    [
      'another entry point',
      traefik('PathPrefix(`/`)', { entryPoints: ['web', 'websecure'] }),
      [traefik('PathPrefix(`/`)', { entryPoints: ['websecure'] })],
      host,
    ],
    ['TLS that is gone', traefik('PathPrefix(`/`)', { tls: {} }), [traefik('PathPrefix(`/`)')], host],
    ['an HTTPProxy that is gone', proxy('shop.example.com'), [], host],
    ['an HTTPProxy that includes others', proxy('shop.example.com'), [proxy('shop.example.com')], []],
    ['a Route of OpenShift that is gone', openShift({ host: 'shop.example.com' }), [], host],
    [
      'a Route of OpenShift for a path',
      openShift({ host: 'shop.example.com' }),
      [openShift({ host: 'shop.example.com', path: '/cart' })],
      lostPath,
    ],
    ['a VirtualService that is gone', virtual({}), [], host],
    ['a VirtualService of the mesh alone', virtual({ gateways: undefined }), [], []],
    ['a VirtualService without a Gateway', virtual({ gateways: ['public', 'inner'] }), [virtual({})], host],
    [
      'a VirtualService for a path',
      virtual({}),
      [virtual({ http: [{ match: [{ uri: { exact: '/' } }], route: [{ destination: { host: 'web' } }] }] })],
      lostPath,
    ],
    [
      'a VirtualService that rewrites',
      virtual({}),
      [virtual({ http: [{ rewrite: { uri: '/v2' }, route: [{ destination: { host: 'web' } }] }] })],
      lostPath,
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(step([before], after)).toEqual(rules);
  });

  function proxy(fqdn: string) {
    return object('projectcontour.io/v1', 'HTTPProxy', 'web', { virtualhost: { fqdn } });
  }
  function openShift(spec: Body) {
    return object('route.openshift.io/v1', 'Route', 'web', { to: { kind: 'Service', name: 'web' }, ...spec });
  }
  function virtual(spec: Body) {
    return object('networking.istio.io/v1', 'VirtualService', 'web', {
      hosts: ['shop.example.com'],
      gateways: ['public'],
      http: [{ route: [{ destination: { host: 'web' } }] }],
      ...spec,
    });
  }
});

it.each(['Host(', 'Host(`', 'Host(`a`', 'Path("', 'a', '`('])('a rule of many %s is read in time', (part) => {
  const rule = object('traefik.io/v1alpha1', 'IngressRoute', 'web', {
    routes: [{ match: part.repeat(100_000), services: [{ name: 'web', port: 80 }] }],
  });
  expect(step([rule], [rule])).toEqual([]);
});

describe('an Ingress', () => {
  const rules = [path('shop.example.com', '/')];
  const tls = [{ hosts: ['shop.example.com'], secretName: 'shop' }];
  const annotated = (annotations: Body, spec: Body = {}) => ingress('web', rules, spec, { annotations });

  it.each<[string, Body, readonly Body[], readonly string[]]>([
    ['without its certificate', ingress('web', rules, { tls }), [ingress('web', rules)], host],
    [
      'whose certificate another one has',
      ingress('web', rules, { tls }),
      [
        ingress('web', rules),
        ingress('other', [], { tls: [{ hosts: ['*.example.com'], secretName: 'all' }] }),
      ],
      [],
    ],
    [
      'whose certificate the cloud has',
      ingress('web', rules, { tls }),
      [annotated({ 'alb.ingress.kubernetes.io/certificate-arn': 'arn' })],
      [],
    ],
    [
      "that had the controller's certificate before",
      ingress('web', rules, { tls: [{ hosts: ['shop.example.com'] }] }),
      [ingress('web', rules)],
      [],
    ],
    [
      'with another secret',
      ingress('web', rules, { tls }),
      [ingress('web', rules, { tls: [{ ...tls[0], secretName: 'new' }] })],
      [],
    ],
    [
      'with another target',
      annotated({ 'nginx.ingress.kubernetes.io/rewrite-target': '/' }),
      [annotated({ 'nginx.ingress.kubernetes.io/rewrite-target': '/v2' })],
      lostPath,
    ],
    [
      'to pods that speak HTTPS',
      annotated({}),
      [annotated({ 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' })],
      lostPath,
    ],
    [
      'without an alias',
      annotated({ 'nginx.ingress.kubernetes.io/server-alias': 'www.example.com, old.example.com' }),
      [annotated({ 'nginx.ingress.kubernetes.io/server-alias': 'www.example.com' })],
      host,
    ],
    [
      'for fewer addresses',
      annotated({ 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8,192.0.2.0/24' }),
      [annotated({ 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8' })],
      ['source-ranges-narrowed'],
    ],
    [
      'of nginx under another name',
      ingress('web', rules, { ingressClassName: 'nginx' }),
      [ingress('public', rules, { ingressClassName: 'nginx' })],
      ['object-removed'],
    ],
    [
      'of another class under another name',
      ingress('web', rules, { ingressClassName: 'traefik' }),
      [ingress('public', rules, { ingressClassName: 'traefik' })],
      [],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(step([before], after)).toEqual(expected);
  });
});

describe('names in DNS', () => {
  const name = 'external-dns.alpha.kubernetes.io/hostname';
  const named = (hosts: string) => service({}, { annotations: { [name]: hosts } });
  const endpoint = (...names: readonly string[]) =>
    object('externaldns.k8s.io/v1alpha1', 'DNSEndpoint', 'web', {
      endpoints: names.map((dnsName) => ({ dnsName, targets: ['192.0.2.1'] })),
    });

  it('go with an annotation', () => {
    expect(broken([web, named('a.example.com, b.example.com')], [web, named('a.example.com')])).toEqual(host);
    expect(broken([web, named('a.example.com')], [web, service()])).toEqual(host);
    expect(broken([web, named('a.example.com')], [web, named('a.example.com,b.example.com')])).toEqual([]);
  });

  it('go with a DNSEndpoint', () => {
    expect(broken([endpoint('a.example.com')], [])).toEqual(host);
    expect(broken([endpoint('a.example.com', 'b.example.com')], [endpoint('b.example.com')])).toEqual(host);
  });

  it('stay when something else has them', () => {
    const routed = ingress('web', [path('a.example.com', '/')]);
    expect(broken([web, named('a.example.com')], [web, service(), routed])).toEqual([]);
    expect(broken([web, named('a.example.com')], [web, service(), endpoint('a.example.com')])).toEqual([]);
  });
});
