import { describe, test } from 'vitest';
import { Exposure, HttpPath, type RouteOptions } from '../../src';
import { expectAccepted, expectRefused } from '../helpers';

const { prefix, exact, implementationSpecific } = HttpPath;
const gateway = 'public';
const BOTH: [string, (options: RouteOptions) => Exposure][] = [
  ['an Ingress', Exposure.ingress],
  ['an HTTPRoute', (options) => Exposure.httpRoute({ gateway, ...options })],
];

describe.each(BOTH)('of %s', (_, exposureOf) => {
  const HOSTS = [
    '',
    'Shop.example.com',
    'a_1.example.com',
    '*',
    'a.*.com',
    '192.0.2.10',
    '-a.com',
    'constructor',
  ];
  test.each(HOSTS)('the host "%s" is refused', (host) => {
    expectRefused(
      { exposure: exposureOf({ hostnames: ['example.com', host] }) },
      `exposure.hostnames[1] = "${host}": it is not the name of a host, so the API server refuses it. Write for example 'shop.example.com' or '*.example.com'.`,
    );
  });

  test('a host or path that is listed twice is refused', () => {
    expectRefused(
      { exposure: exposureOf({ hostnames: ['a.example.com', 'a.example.com'] }) },
      'exposure.hostnames[1] = "a.example.com": it is listed twice. List each once.',
    );
    expectRefused(
      { exposure: exposureOf({ paths: [prefix('/shop'), exact('/shop')] }) },
      'exposure.paths[1] = "/shop": it is listed twice. List each once.',
    );
  });

  test('an empty list is refused: it would take everything', () => {
    expectRefused(
      { exposure: exposureOf({ hostnames: [] }) },
      'exposure.hostnames = []: without any host the requests of every host would be taken. Write at least one host, or leave the option out if every host is meant.',
    );
    expectRefused(
      { exposure: exposureOf({ paths: [] }) },
      'exposure.paths = []: without any path the requests of every path would be taken. Write at least one path, or leave the option out if every path is meant.',
    );
  });

  const PATHS = ['', 'shop', '/a//b', '/a/../b', '/a/..', '/./a', '/a%2Fb', '/a%2fb', '/a b', '/a?b', '/%zz'];
  test.each(PATHS)('the path "%s" is refused', (path) => {
    const reason =
      'it is not an absolute path with one meaning, so the API server refuses it. Write for example HttpPath.prefix';
    expectRefused(
      { exposure: exposureOf({ paths: [prefix('/'), prefix(path)] }) },
      `exposure.paths[1] = "${path}": ${reason}('/') or HttpPath.prefix('/shop').`,
    );
    expectRefused(
      { exposure: exposureOf({ paths: [exact(path)] }) },
      `exposure.paths[0] = "${path}": ${reason}('/') or HttpPath.exact('/shop').`,
    );
  });

  test.each(['/', '/shop', '/shop/', '/a.b/..c', '/a%20b', "/-._~!$&'()*+,;=:@"])(
    'the path "%s" is taken',
    (path) => {
      expectAccepted({ exposure: exposureOf({ paths: [prefix(path)] }) });
      expectAccepted({ exposure: exposureOf({ paths: [exact(path)] }) });
    },
  );
});

describe('of an Ingress', () => {
  test('a path that is not absolute is refused, whatever it is compared by', () => {
    expectRefused(
      { exposure: Exposure.ingress({ paths: [implementationSpecific('shop')] }) },
      `exposure.paths[0] = "shop": it is not an absolute path with one meaning, so the API server refuses it. Write for example HttpPath.prefix('/') or HttpPath.implementationSpecific('/shop').`,
    );
    expectAccepted({ exposure: Exposure.ingress({ paths: [implementationSpecific('/a(.*)')] }) });
  });

  test('the names of one host and one path, as they were before, are refused', () => {
    const options = { host: 'shop.example.com', path: '/shop' } as RouteOptions;
    expectRefused(
      { exposure: Exposure.ingress(options) },
      'exposure.host = "shop.example.com": there is no such key in the options of Exposure.ingress, so it would be left out without a word. Write for example hostnames: [\'shop.example.com\'].',
      'exposure.path = "/shop": there is no such key in the options of Exposure.ingress, so it would be left out without a word. Write for example paths: [HttpPath.prefix(\'/shop\')].',
    );
  });
});

describe('of an HTTPRoute', () => {
  test('more than 16 hosts are refused', () => {
    const hostnames = Array.from({ length: 17 }, (_, i) => `shop-${i}.example.com`);
    expectRefused(
      { exposure: Exposure.httpRoute({ gateway, hostnames }) },
      "exposure.hostnames = 17 hostnames: an HTTPRoute has at most 16, so the API server refuses it. Write a wildcard such as '*.example.com'.",
    );
    expectAccepted({ exposure: Exposure.httpRoute({ gateway, hostnames: hostnames.slice(1) }) });
    expectAccepted({ exposure: Exposure.ingress({ hostnames }) });
  });

  test('more than 64 paths are refused', () => {
    const paths = Array.from({ length: 65 }, (_, i) => prefix(`/shop-${i}`));
    expectRefused(
      { exposure: Exposure.httpRoute({ gateway, paths }) },
      "exposure.paths = 65 paths: an HTTPRoute has at most 64, so the API server refuses it. Write what they begin with, such as HttpPath.prefix('/').",
    );
    expectAccepted({ exposure: Exposure.httpRoute({ gateway, paths: paths.slice(1) }) });
    expectAccepted({ exposure: Exposure.ingress({ paths }) });
  });

  test('a path that only the controller of an Ingress understands is refused', () => {
    expectRefused(
      { exposure: Exposure.httpRoute({ gateway, paths: [implementationSpecific('/a(.*)')] }) },
      `exposure.paths[0] = "/a(.*)": an HTTPRoute has no paths whose meaning its controller decides. Write for example HttpPath.prefix('/shop'), or a JSON patch on httpRoute.`,
    );
  });
});
