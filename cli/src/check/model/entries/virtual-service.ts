import { at, fields, items, text, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { doorsOf, textsIn } from './doors.js';
import { ALL, pathsOfHosts, serviceName, type Match, type ServedPath } from './served-path.js';

/** The paths that a VirtualService of Istio serves for requests from outside: through a Gateway. */
export function pathsOfVirtualService(object: ManifestObject): readonly ServedPath[] {
  if (doorsOf(object).length === 0) {
    return [];
  }
  const { spec } = object.body;
  const hosts = textsIn(at(spec, 'hosts'));
  const http = items(at(spec, 'http')).flatMap(({ item }) => {
    const services = items(item.route).flatMap(({ item: one }) => serviceOf(object, one) ?? []);
    const written = items(item.match);
    return written.length === 0
      ? [{ ...ALL, services }]
      : written.map((match) => ({ ...matchOf(match.item), services }));
  });
  const others = ['tls', 'tcp'].flatMap((field) => items(at(spec, field)));
  return pathsOfHosts('Istio', hosts, [...http, ...others.map(() => ({ ...ALL, isUnsure: true }))]);
}

/** A Service to which a VirtualService sends, and where that is written. */
interface Destination {
  readonly path: Path;
  readonly namespace: string;
  readonly service: string;
  readonly port: unknown;
}

/** The Services to which a VirtualService sends. */
export function destinationsOf(object: ManifestObject): readonly Destination[] {
  return ['http', 'tls', 'tcp'].flatMap((field) =>
    items(at(object.body, 'spec', field)).flatMap(({ index, item }) =>
      items(item.route)
        .filter((route) => route.item.weight !== 0)
        .flatMap((route) => {
          const host = hostOf(object, route.item);
          const path = ['spec', field, index, 'route', route.index, 'destination'];
          return host === undefined
            ? []
            : [{ ...host, path, port: at(route.item, 'destination', 'port', 'number') }];
        }),
    ),
  );
}

function serviceOf(object: ManifestObject, route: Fields): string | undefined {
  const host = route.weight === 0 ? undefined : hostOf(object, route);
  return host && serviceName(host.namespace, host.service);
}

/** The Service of a destination: a short name is in the namespace of the VirtualService. */
function hostOf({ namespace }: ManifestObject, route: Fields) {
  const host = text(at(route, 'destination', 'host')) ?? '';
  const [, service, other] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc(?:\..+)?)?)?$/.exec(host) ?? [];
  return service === undefined ? undefined : { service, namespace: other ?? namespace };
}

function matchOf(match: Fields): Match {
  const { exact, prefix, regex } = fields(match.uri);
  const others = Object.entries(match).filter(([field]) => field !== 'uri' && field !== 'name');
  return {
    ...ALL,
    path: text(exact) ?? text(prefix) ?? '/',
    isPrefix: exact === undefined,
    condition: others.length === 0 ? '' : JSON.stringify(others),
    isUnsure: regex !== undefined,
  };
}
