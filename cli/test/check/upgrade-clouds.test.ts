import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/check.js';
import { type Body, broken, ingress, object, path, service, web, written } from './upgrade-manifests.js';

const prefixed = (prefix: string, annotations: Body) => ({
  annotations: Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [`${prefix}${name}`, value]),
  ),
});
const changed = ['load-balancer-replaced'];

describe('annotations of a Service', () => {
  const balanced = (annotations: Body) => service({ type: 'LoadBalancer' }, { annotations });
  const attributes = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
  const proxyProtocol = 'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol';
  const subnet = 'service.beta.kubernetes.io/azure-load-balancer-internal-subnet';

  it.each<[string, Body, Body, readonly string[]]>([
    [
      'an attribute that keeps client addresses',
      { [attributes]: 'preserve_client_ip.enabled=true' },
      { [attributes]: 'preserve_client_ip.enabled=false' },
      changed,
    ],
    [
      'one that is written for the first time, which may be so already',
      {},
      { [attributes]: 'preserve_client_ip.enabled=true' },
      [],
    ],
    [
      'an attribute that changes nothing for those connected',
      { [attributes]: 'deregistration_delay.timeout_seconds=30' },
      { [attributes]: 'deregistration_delay.timeout_seconds=60, stickiness.enabled=true' },
      [],
    ],
    [
      'the PROXY header as an attribute',
      {},
      { [attributes]: 'a=b, proxy_protocol_v2.enabled=true' },
      changed,
    ],
    ['the PROXY header as an annotation', {}, { [proxyProtocol]: '*' }, changed],
    [
      'the PROXY header in the other way',
      { [proxyProtocol]: '*' },
      { [attributes]: 'proxy_protocol_v2.enabled=true' },
      [],
    ],
    [
      'the PROXY header at DigitalOcean',
      {},
      { 'service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol': 'true' },
      changed,
    ],
    ['another subnet at Azure', { [subnet]: 'front' }, { [subnet]: 'back' }, changed],
    ['the subnet for the first time', {}, { [subnet]: 'front' }, []],
    [
      'another public address at Azure',
      { 'service.beta.kubernetes.io/azure-pip-name': 'shop' },
      { 'service.beta.kubernetes.io/azure-pip-name': 'web' },
      changed,
    ],
    [
      'another private address at Azure',
      { 'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.0.0.4' },
      { 'service.beta.kubernetes.io/azure-load-balancer-ipv4': '10.0.0.5' },
      changed,
    ],
    [
      'another address on GKE',
      { 'networking.gke.io/load-balancer-ip-addresses': 'shop' },
      { 'networking.gke.io/load-balancer-ip-addresses': 'web' },
      changed,
    ],
    [
      'another pool of MetalLB',
      { 'metallb.universe.tf/address-pool': 'public' },
      { 'metallb.io/address-pool': 'private' },
      changed,
    ],
    [
      'the same pool of MetalLB under the new prefix',
      { 'metallb.universe.tf/address-pool': 'public' },
      { 'metallb.io/address-pool': 'public' },
      [],
    ],
    [
      'another address of MetalLB',
      { 'metallb.universe.tf/loadBalancerIPs': '192.0.2.1' },
      { 'metallb.io/loadBalancerIPs': '192.0.2.2' },
      ['load-balancer-ip-changed'],
    ],
    [
      'another address of Cilium',
      { 'lbipam.cilium.io/ips': '192.0.2.1' },
      { 'lbipam.cilium.io/ips': '192.0.2.2' },
      ['load-balancer-ip-changed'],
    ],
    [
      'one address more, and another order',
      { 'metallb.io/loadBalancerIPs': '192.0.2.1,2001:db8::1' },
      { 'metallb.io/loadBalancerIPs': '2001:db8::1, 192.0.2.2, 192.0.2.1' },
      [],
    ],
  ])('%s', (_what, before, after, rules) => {
    expect(broken([web, balanced(before)], [web, balanced(after)])).toEqual(rules);
  });

  it('count only if it has a load balancer before and after', () => {
    const annotated = service({ type: 'ClusterIP' }, { annotations: { [subnet]: 'back' } });
    expect(broken([web, annotated], [web, balanced({ [subnet]: 'front' })])).toEqual([]);
  });
});

describe('annotations of an Ingress', () => {
  const rules = [path('shop.example.com', '/')];

  it.each<[string, Body, Body, readonly string[]]>([
    ['a group', {}, { 'group.name': 'shared' }, changed],
    ['another group', { 'group.name': 'a' }, { 'group.name': 'b' }, changed],
    ['another order in the group', { 'group.order': '1' }, { 'group.order': '2' }, []],
    ['another scheme', { scheme: 'internet-facing' }, {}, changed],
    ['the scheme that is normal', {}, { scheme: 'internal' }, []],
    ['another kind of targets', { 'target-type': 'ip' }, { 'target-type': 'instance' }, changed],
    ['HTTPS to the pods', {}, { 'backend-protocol': 'HTTPS' }, changed],
    ['gRPC to the pods', {}, { 'backend-protocol-version': 'GRPC' }, changed],
    [
      'another name, which is not heeded later',
      { 'load-balancer-name': 'a' },
      { 'load-balancer-name': 'b' },
      [],
    ],
    ['other attributes', {}, { 'target-group-attributes': 'slow_start.duration_seconds=30' }, []],
  ])('ALB: %s', (_what, before, after, expected) => {
    const [old, next] = [before, after].map((annotations) =>
      ingress('web', rules, { ingressClassName: 'alb' }, prefixed('alb.ingress.kubernetes.io/', annotations)),
    );
    expect(broken([web, service(), old], [web, service(), next])).toEqual(expected);
  });

  it('do not count beside another class', () => {
    const old = ingress('web', rules, { ingressClassName: 'nginx' });
    const annotations = { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' };
    const next = ingress('web', rules, { ingressClassName: 'alb' }, { annotations });
    expect(broken([web, service(), old], [web, service(), next])).toEqual(['ingress-class-changed']);
  });

  it.each([
    ['kubernetes.io/ingress.global-static-ip-name', 'shop', 'web'],
    ['appgw.ingress.kubernetes.io/use-private-ip', 'false', 'true'],
  ])('%s is where clients find it', (name, before, after) => {
    const [old, next] = [before, after].map((value) =>
      ingress('web', rules, {}, { annotations: { [name]: value } }),
    );
    expect(broken([web, service(), old], [web, service(), next])).toEqual(changed);
  });
});

describe('a Gateway', () => {
  const gateway = (spec: Body, more: Body = {}) =>
    object('gateway.networking.k8s.io/v1', 'Gateway', 'public', { gatewayClassName: 'eg', ...spec }, more);
  const internal = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' };

  it('hands annotations on to its Service', () => {
    expect(broken([gateway({})], [gateway({ infrastructure: { annotations: internal } })])).toEqual(changed);
    expect(broken([gateway({})], [gateway({}, { annotations: internal })])).toEqual(changed);
  });

  it('has addresses of its own', () => {
    const [one, other] = ['192.0.2.1', '192.0.2.2'].map((value) => gateway({ addresses: [{ value }] }));
    expect(broken([one], [other])).toEqual(['load-balancer-ip-changed']);
    expect(broken([gateway({})], [other])).toEqual([]);
    expect(broken([one], [gateway({})])).toEqual([]);
  });
});

it('what the pods may be ready for is a warning', () => {
  const balanced = (proxy: string) =>
    service(
      { type: 'LoadBalancer' },
      { annotations: { 'service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol': proxy } },
    );
  const { findings } = check(written([balanced('true')]), written([balanced('false')]));
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
    ['load-balancer-replaced', 'warning'],
  ]);
});

describe('who serves', () => {
  const istio = (selector: Body) =>
    object('networking.istio.io/v1', 'Gateway', 'public', { selector, servers: [] });

  it.each<[string, Body, Body, readonly string[]]>([
    [
      'another class of a Gateway',
      object('gateway.networking.k8s.io/v1', 'Gateway', 'public', { gatewayClassName: 'eg' }),
      object('gateway.networking.k8s.io/v1', 'Gateway', 'public', { gatewayClassName: 'cilium' }),
      ['ingress-class-changed'],
    ],
    [
      'other proxies of Istio',
      istio({ istio: 'ingressgateway' }),
      istio({ istio: 'inner' }),
      ['ingress-class-changed'],
    ],
    ['the same proxies in another order', istio({ a: 'b', c: 'd' }), istio({ c: 'd', a: 'b' }), []],
  ])('%s', (_what, before, after, rules) => {
    expect(broken([before], [after])).toEqual(rules);
  });
});
