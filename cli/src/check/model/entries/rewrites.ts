import { at, items } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { annotation } from '../services/service.js';

/** Annotations by which the application gets other requests than the clients send, or in another protocol. */
const ANNOTATIONS = [
  ...['rewrite-target', 'use-regex', 'upstream-vhost', 'backend-protocol'].map(
    (name) => `nginx.ingress.kubernetes.io/${name}`,
  ),
  ...['rewrite-target', 'backend-protocol'].map((name) => `haproxy-ingress.github.io/${name}`),
  ...['path-rewrite', 'server-proto'].map((name) => `haproxy.org/${name}`),
  ...['backend-path-prefix', 'backend-hostname', 'backend-protocol'].map(
    (name) => `appgw.ingress.kubernetes.io/${name}`,
  ),
  'nginx.org/rewrites',
  'konghq.com/strip-path',
];

/** Fields of a Middleware of Traefik that do the same. */
const MIDDLEWARES = ['addPrefix', 'replacePath', 'replacePathRegex', 'stripPrefix', 'stripPrefixRegex'];

/** How an object rewrites requests: for each place, in words, what is done there. */
export function rewritesOf(object: ManifestObject): ReadonlyMap<string, string> {
  const { kind, body } = object;
  switch (kind) {
    case 'Ingress':
      return new Map(ANNOTATIONS.map((name) => [name, annotation(object, name) ?? 'not there']));
    case 'Middleware':
      return new Map(MIDDLEWARES.map((name) => [`spec.${name}`, json(at(body, 'spec', name))]));
    case 'VirtualService':
      return new Map(
        items(at(body, 'spec', 'http')).map(({ item }) => [placeOf(item.match), json(item.rewrite)]),
      );
    default:
      return new Map(
        items(at(body, 'spec', 'rules')).map(({ item }) => {
          const filters = items(item.filters).flatMap(({ item: filter }) => filter.urlRewrite ?? []);
          return [placeOf(item.matches), json(filters[0])];
        }),
      );
  }
}

function placeOf(matches: unknown): string {
  return `the rewriting of ${matches === undefined ? 'all requests' : json(matches)}`;
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'not there';
}
