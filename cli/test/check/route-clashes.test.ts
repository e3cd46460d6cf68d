import { describe, expect, it } from 'vitest';
import { broken, ingress, object, service } from './objects.js';

const GATEWAY_API = 'gateway.networking.k8s.io/v1';

describe('a route at a Gateway', () => {
  const gateway = (listener: object = {}, metadata: object = {}) =>
    object(
      GATEWAY_API,
      'Gateway',
      { gatewayClassName: 'eg', listeners: [{ name: 'http', protocol: 'HTTP', port: 80, ...listener }] },
      { name: 'public', ...metadata },
    );
  const route = (ref: object = {}, spec: object = {}, metadata: object = {}, kind = 'HTTPRoute') =>
    object(
      GATEWAY_API,
      kind,
      {
        parentRefs: [{ name: 'public', ...ref }],
        rules: [{ backendRefs: [{ name: 'web', port: 80 }] }],
        ...spec,
      },
      metadata,
    );
  const detached = ['route-not-attached'];
  const hostnames = ['shop.example.com'];

  it.each<[string, object, object, readonly string[]]>([
    ['with all listeners', gateway(), route(), []],
    ['with a listener', gateway(), route({ sectionName: 'http' }), []],
    ['with another listener', gateway(), route({ sectionName: 'https' }), detached],
    ['with another port', gateway(), route({ port: 443 }), detached],
    ['with a host of the listener', gateway({ hostname: '*.example.com' }), route({}, { hostnames }), []],
    [
      'with a wildcard over it',
      gateway({ hostname: 'shop.example.com' }),
      route({}, { hostnames: ['*.example.com'] }),
      [],
    ],
    ['with another host', gateway({ hostname: 'www.example.com' }), route({}, { hostnames }), detached],
    ['of another kind', gateway(), route({}, {}, {}, 'TCPRoute'), detached],
    [
      'of a kind that is written',
      gateway({ allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } }),
      route(),
      detached,
    ],
    ['for a protocol that is not known', gateway({ protocol: 'a.example.com/b' }), route(), []],
    ['that is a Service', gateway(), route({ kind: 'Service', name: 'web' }), []],
    ['that is elsewhere', gateway(), route({ name: 'other' }), []],
  ])('%s', (_what, gate, one, rules) => {
    expect(broken(gate, one)).toEqual(rules);
  });

  it('of another namespace', () => {
    const inShop = route({ namespace: 'entry' }, {}, { namespace: 'shop' });
    const from = (where: string) => ({ allowedRoutes: { namespaces: { from: where } } });
    expect(broken(gateway({}, { namespace: 'entry' }), inShop)).toEqual(detached);
    expect(broken(gateway(from('All'), { namespace: 'entry' }), inShop)).toEqual([]);
    expect(broken(gateway(from('Selector'), { namespace: 'entry' }), inShop)).toEqual([]);
  });
});

describe('two Ingresses for one path', () => {
  const port = { number: 80 };
  const nginx = { ingressClassName: 'nginx' };
  const web = (name: string, spec: object = {}, annotations: object = {}) =>
    ingress('web', port, spec, { name, annotations });
  const other = (spec: object = {}, annotations: object = {}) =>
    ingress('db', port, spec, { name: 'other', annotations });
  const services = [service({ selector: undefined }), service({ selector: undefined }, { name: 'db' })];
  const twice = ['ingress-path-twice'];

  it.each<[string, object, object, readonly string[]]>([
    ['of ingress-nginx', web('one', nginx), web('two', nginx), twice],
    ['to another Service', web('one'), other(), twice],
    ['to the same Service', web('one'), web('two'), []],
    ['of another class', web('one', nginx), other({ ingressClassName: 'inner' }), []],
    [
      'of which one is a canary',
      web('one', nginx),
      other(nginx, { 'nginx.ingress.kubernetes.io/canary': 'true' }),
      [],
    ],
    [
      'at other entry points',
      web('one', {}, { 'traefik.ingress.kubernetes.io/router.entrypoints': 'web' }),
      other({}, { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' }),
      [],
    ],
    ['without a host', web('one', { rules: [{}] }), other({ rules: [{}] }), []],
  ])('%s', (_what, one, two, rules) => {
    expect(broken(...services, one, two)).toEqual(rules);
  });
});
