import type { ManifestObject } from '../../read/object.js';
import type { State } from '../state.js';
import { pathsOfConnections, pathsOfGatewayRoute } from './gateway-route.js';
import { pathsOfHttpProxy } from './http-proxy.js';
import { pathsOfIngress } from './ingress.js';
import { pathsOfOpenShiftRoute } from './open-shift-route.js';
import type { ServedPath } from './served-path.js';
import { pathsOfTraefikRoute } from './traefik-route.js';
import { pathsOfVirtualService } from './virtual-service.js';

/** The kinds that say which hosts and paths are served. */
const KINDS: readonly {
  readonly group: string;
  readonly kinds: readonly string[];
  readonly read: (object: ManifestObject) => readonly ServedPath[];
}[] = [
  { group: 'networking.k8s.io', kinds: ['Ingress'], read: pathsOfIngress },
  {
    group: 'gateway.networking.k8s.io',
    kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute'],
    read: pathsOfGatewayRoute,
  },
  { group: 'gateway.networking.k8s.io', kinds: ['TCPRoute', 'UDPRoute'], read: pathsOfConnections },
  { group: 'traefik.io', kinds: ['IngressRoute', 'IngressRouteTCP'], read: pathsOfTraefikRoute },
  { group: 'traefik.containo.us', kinds: ['IngressRoute', 'IngressRouteTCP'], read: pathsOfTraefikRoute },
  { group: 'projectcontour.io', kinds: ['HTTPProxy'], read: pathsOfHttpProxy },
  { group: 'route.openshift.io', kinds: ['Route'], read: pathsOfOpenShiftRoute },
  { group: 'networking.istio.io', kinds: ['VirtualService'], read: pathsOfVirtualService },
];

/** The Ingresses and routes of a state. */
export function entriesOf(state: State): readonly ManifestObject[] {
  return KINDS.flatMap(({ group, kinds }) => kinds.flatMap((kind) => state.ofKind(group, kind)));
}

/** The paths that an Ingress or a route serves. */
export function pathsOf(object: ManifestObject): readonly ServedPath[] {
  const kind = KINDS.find(({ group, kinds }) => group === object.group && kinds.includes(object.kind));
  return kind?.read(object) ?? [];
}
