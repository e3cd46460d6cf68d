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
    const calls = callsOf(rule);
    const hosts = calls.filter(({ name }) => isHost(name)).flatMap(({ values }) => values);
    const matches = matchesOf(rule, calls).map((match) => ({ ...match, services }));
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

/** A function of a rule, such as Host(`a`, `b`). */
interface Call {
  readonly written: string;
  readonly name: string;
  readonly values: readonly string[];
}

/** Functions with values in quotes of any kind, in which there may be brackets. */
const CALLS = /\b(\w+)\(((?:[^()`"]|`[^`]*`|"[^"]*")*)\)/g;

function callsOf(rule: string): readonly Call[] {
  return [...rule.matchAll(CALLS)].map(([written, name, values]) => ({
    written,
    name,
    values: [...values.matchAll(/[`"']([^`"']*)[`"']/g)].map(([, value]) => value),
  }));
}

/** What a rule such as Host(`a`) && PathPrefix(`/b`) asks of a request, but for the host. */
function matchesOf(rule: string, calls: readonly Call[]): readonly Match[] {
  const valuesOf = (name: string) =>
    calls.filter((call) => call.name === name).flatMap(({ values }) => values);
  const [exact, prefixes] = [valuesOf('Path'), valuesOf('PathPrefix')];
  const others = calls.filter(({ name }) => !isHost(name) && name !== 'Path' && name !== 'PathPrefix');
  const hasPaths = exact.length + prefixes.length > 0;
  if (
    rule.includes('!') ||
    others.some(({ name }) => name === 'PathRegexp') ||
    (hasPaths && rule.includes('||'))
  ) {
    return [{ ...ALL, isUnsure: true }];
  }
  const condition = others
    .map(({ written }) => written)
    .sort()
    .join();
  return [
    ...exact.map((path): Match => ({ ...ALL, path, isPrefix: false, condition })),
    ...(hasPaths ? prefixes : ['/']).map((path): Match => ({ ...ALL, path, condition })),
  ];
}

function isHost(name: string): boolean {
  return name.startsWith('Host');
}
