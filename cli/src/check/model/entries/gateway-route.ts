import { at, items, text, type Fields } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { doorsOf, doorTitle, textsIn } from './doors.js';
import { ALL, pathsOfHosts, serviceName, type Match, type ServedPath } from './served-path.js';

/** The paths that an HTTPRoute, GRPCRoute or TLSRoute of Gateway API serves. */
export function pathsOfGatewayRoute(route: ManifestObject): readonly ServedPath[] {
  const { spec } = route.body;
  const matches = items(at(spec, 'rules')).flatMap(({ item: rule }): readonly Match[] => {
    if (!answers(rule)) {
      return [];
    }
    const services = servicesOf(route, rule);
    const written = items(rule.matches);
    return written.length === 0
      ? [{ ...ALL, services }]
      : written.map(({ item }) => ({ ...matchOf(item), services }));
  });
  return pathsOfHosts('Gateway API', textsIn(at(spec, 'hostnames')), matches);
}

/** The same for a TCPRoute or UDPRoute, which have no hosts: each port of a Gateway stands for one. */
export function pathsOfConnections(route: ManifestObject): readonly ServedPath[] {
  const services = items(at(route.body, 'spec', 'rules')).flatMap(({ item }) => servicesOf(route, item));
  const doors = doorsOf(route).map(doorTitle);
  return doors.length === 0 ? [] : pathsOfHosts(route.kind, doors, [{ ...ALL, services }]);
}

/** Whether a backend of a route gets requests. */
export function hasWeight({ weight }: Fields): boolean {
  return weight !== 0;
}

/** Whether a reference of Gateway API names a Service. */
export function namesService({ kind, group }: Fields): boolean {
  return (kind ?? 'Service') === 'Service' && (group ?? '') === '';
}

/** Whether a rule sends requests to something, or answers them itself; a filter that is not known may do so. */
function answers({ backendRefs, filters }: Fields): boolean {
  return (
    items(backendRefs).some(({ item }) => hasWeight(item)) ||
    items(filters).some(({ item }) => item.type === 'RequestRedirect' || item.type === 'ExtensionRef')
  );
}

function servicesOf({ namespace }: ManifestObject, { backendRefs }: Fields): readonly string[] {
  return items(backendRefs)
    .filter(({ item }) => hasWeight(item) && namesService(item))
    .flatMap(({ item }) => {
      const name = text(item.name);
      return name === undefined ? [] : [serviceName(text(item.namespace) ?? namespace, name)];
    });
}

function matchOf({ path, headers, queryParams, method }: Fields): Match {
  const [grpcService, grpcMethod] = [text(at(method, 'service')), text(at(method, 'method'))];
  const isGrpc = grpcService !== undefined || grpcMethod !== undefined;
  const condition = JSON.stringify([headers, queryParams, isGrpc ? undefined : method]);
  const type = isGrpc ? at(method, 'type') : at(path, 'type');
  return {
    path: isGrpc ? `/${grpcService ?? ''}${grpcMethod === undefined ? '' : `/${grpcMethod}`}` : pathOf(path),
    isPrefix: isGrpc ? grpcMethod === undefined : type !== 'Exact',
    condition: condition === NO_CONDITION ? '' : condition,
    isUnsure: type === 'RegularExpression' || (isGrpc && grpcService === undefined),
    services: [],
  };
}

const NO_CONDITION = JSON.stringify([null, null, null]);

function pathOf(path: unknown): string {
  return text(at(path, 'value')) ?? '/';
}
