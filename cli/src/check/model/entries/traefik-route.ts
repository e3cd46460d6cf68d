import { at, items, text, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { ALL, pathsOfHosts, serviceName, type Match, type ServedPath } from './served-path.js';

/** The paths that an IngressRoute or IngressRouteTCP of Traefik serves. */
export function pathsOfTraefikRoute(route: ManifestObject): readonly ServedPath[] {
  const family = route.kind === 'IngressRoute' ? 'Traefik' : 'Traefik TCP';
  return items(at(route.body, 'spec', 'routes')).flatMap(({ index, item }) => {
    const rule = text(item.match) ?? '';
    const services = servicesOf(route, index, item.services).map(({ namespace, service }) =>
      serviceName(namespace, service),
    );
    const hosts = argumentsOf(rule, /\bHost(?:SNI|Header|Regexp|SNIRegexp)?\(([^)]*)\)/g);
    const matches = matchesOf(rule).map((match) => ({ ...match, services }));
    return pathsOfHosts(family, hosts, matches);
  });
}

/** A Service to which a route of Traefik sends, and where that is written. */
interface TraefikService {
  readonly path: Path;
  readonly namespace: string;
  readonly service: string;
  readonly port: unknown;
}

/** The Services to which a route of Traefik sends. */
export function servicesOfTraefikRoute(route: ManifestObject): readonly TraefikService[] {
  return items(at(route.body, 'spec', 'routes')).flatMap(({ index, item }) =>
    servicesOf(route, index, item.services),
  );
}

function servicesOf(route: ManifestObject, index: number, services: unknown): readonly TraefikService[] {
  return items(services)
    .filter(({ item }) => (item.kind ?? 'Service') === 'Service' && item.weight !== 0)
    .flatMap(({ index: inner, item: { name, namespace, port } }) => {
      const service = text(name);
      const path = ['spec', 'routes', index, 'services', inner];
      return service === undefined
        ? []
        : [{ path, namespace: text(namespace) ?? route.namespace, service, port }];
    });
}

/** What a rule such as Host(`a`) && PathPrefix(`/b`) asks of a request, but for the host. */
function matchesOf(rule: string): readonly Match[] {
  const exact = argumentsOf(rule, /\bPath\(([^)]*)\)/g);
  const prefixes = argumentsOf(rule, /\bPathPrefix\(([^)]*)\)/g);
  const others = rule.replace(/\b(?:Host\w*|Path|PathPrefix)\([^)]*\)/g, '');
  if (/!|PathRegexp/.test(others) || (others.includes('||') && exact.length + prefixes.length > 0)) {
    return [{ ...ALL, isUnsure: true }];
  }
  const condition = /\w/.test(others) ? rule : '';
  const all = exact.length + prefixes.length === 0 ? ['/'] : prefixes;
  return [
    ...exact.map((path): Match => ({ ...ALL, path, isPrefix: false, condition })),
    ...all.map((path): Match => ({ ...ALL, path, condition })),
  ];
}

/** The arguments, in quotes of any kind, of the functions that a pattern finds. */
function argumentsOf(rule: string, functions: RegExp): readonly string[] {
  return [...rule.matchAll(functions)].flatMap(([, written]) =>
    [...written.matchAll(/[`"']([^`"']*)[`"']/g)].map(([, argument]) => argument),
  );
}
