import { at, items, shown, text, type Fields, type Path } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { once } from '../values/once.js';
import type { State } from '../state.js';
import { textsIn } from './doors.js';

/** A Gateway that a route names and that does not take it. */
export interface Detachment {
  readonly path: Path;
  readonly why: string;
}

/** The kinds of routes that a listener takes by its protocol, unless it says which. */
const KINDS_OF_PROTOCOL: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['HTTP', ['HTTPRoute', 'GRPCRoute']],
  ['HTTPS', ['HTTPRoute', 'GRPCRoute']],
  ['TLS', ['TLSRoute', 'TCPRoute']],
  ['TCP', ['TCPRoute']],
  ['UDP', ['UDPRoute']],
]);

/** The most hosts of a route, and listeners of a Gateway; the API server takes no more. */
const MAX_HOSTS = 16;
const MAX_LISTENERS = 64;

/** Finds the Gateways that do not take a route, as far as they are in the manifests. */
export function detachments(state: State): (route: ManifestObject) => readonly Detachment[] {
  const listenersOf = once((gateway: ManifestObject) =>
    items(at(gateway.body, 'spec', 'listeners'))
      .slice(0, MAX_LISTENERS)
      .map(({ item }) => item),
  );
  return (route) => {
    const hosts = textsIn(at(route.body, 'spec', 'hostnames')).slice(0, MAX_HOSTS);
    return items(at(route.body, 'spec', 'parentRefs')).flatMap(({ index, item }) => {
      const name = text(item.name);
      const namespace = text(item.namespace) ?? route.namespace;
      const gateway =
        name === undefined || (item.kind ?? 'Gateway') !== 'Gateway'
          ? undefined
          : state.beside({ namespace }, 'gateway.networking.k8s.io', 'Gateway', name);
      const why = gateway && whyNot(gateway, listenersOf(gateway), route, hosts, item);
      return why === undefined ? [] : [{ path: ['spec', 'parentRefs', index], why }];
    });
  };
}

function whyNot(
  gateway: ManifestObject,
  listeners: readonly Fields[],
  route: ManifestObject,
  hosts: readonly string[],
  ref: Fields,
): string | undefined {
  const named = listeners.filter(
    ({ name, port }) =>
      (ref.sectionName === undefined || ref.sectionName === name) &&
      (ref.port === undefined || ref.port === port),
  );
  const ofKind = named.filter((listener) => takesKind(listener, route.kind));
  const ofNamespace = ofKind.filter((listener) => takesNamespace(listener, gateway, route));
  const ofHost = ofNamespace.filter(
    ({ hostname }) => hosts.length === 0 || hosts.some((host) => overlap(host, text(hostname) ?? '*')),
  );
  // Listeners may be in other objects, and a Gateway without any is not complete.
  if (listeners.length === 0 || ofHost.length > 0) {
    return undefined;
  }
  if (named.length === 0) {
    return `it has no listener ${shown(ref.sectionName ?? ref.port)}`;
  }
  if (ofKind.length === 0) {
    return `it takes no ${route.kind} there`;
  }
  return ofNamespace.length === 0
    ? `it takes routes only from namespace ${gateway.namespace}`
    : 'it takes none of the hosts';
}

function takesKind({ protocol, allowedRoutes }: Fields, kind: string): boolean {
  const written = items(at(allowedRoutes, 'kinds'));
  return written.length > 0
    ? written.some(({ item }) => item.kind === kind)
    : (KINDS_OF_PROTOCOL.get(protocol)?.includes(kind) ?? true);
}

/** Whether a listener takes routes of a namespace; where namespaces are not written, or are selected, it may. */
function takesNamespace({ allowedRoutes }: Fields, gateway: ManifestObject, route: ManifestObject): boolean {
  const from = at(allowedRoutes, 'namespaces', 'from') ?? 'Same';
  return (
    from !== 'Same' ||
    gateway.namespace === route.namespace ||
    gateway.namespace === '' ||
    route.namespace === ''
  );
}

/** Whether two hosts, of which each may begin with *, have a name in common. */
function overlap(one: string, other: string): boolean {
  const covers = (wide: string, host: string) =>
    wide === '*' || wide === host || (wide.startsWith('*.') && host.endsWith(wide.slice(1)));
  return covers(one, other) || covers(other, one);
}
