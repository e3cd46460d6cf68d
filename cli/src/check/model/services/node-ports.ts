import { isDeepStrictEqual } from 'node:util';
import { items, at } from '../../read/fields.js';
import { identity, type ManifestObject } from '../../read/object.js';
import { nodePortOf } from '../refused/ports.js';
import { typeOf } from './service.js';

/** A node port that a Service asks for. */
export interface NodePort {
  readonly service: ManifestObject;
  readonly index: number;
  /** Its number, and its protocol if that is not TCP. */
  readonly port: string;
}

/** The node ports that a Service asks for. */
export function nodePortsOf(service: ManifestObject): readonly NodePort[] {
  if (!['NodePort', 'LoadBalancer'].includes(typeOf(service))) {
    return [];
  }
  return items(at(service.body, 'spec', 'ports')).flatMap(({ index, item }) => {
    const port = nodePortOf(item);
    return port === undefined ? [] : [{ service, index, port }];
  });
}

/** The first Service with each node port, which are of the whole cluster. */
export function byNodePort(services: readonly ManifestObject[]): ReadonlyMap<string, ManifestObject> {
  const first = new Map<string, ManifestObject>();
  for (const { service, port } of services.flatMap(nodePortsOf)) {
    if (!first.has(port)) {
      first.set(port, service);
    }
  }
  return first;
}

/** Whether two Services are the same one of a cluster, or the same one in two namespaces, as for two clusters. */
export function isSame(one: ManifestObject, other: ManifestObject): boolean {
  return (
    identity(one) === identity(other) ||
    (one.namespace !== other.namespace &&
      (one.name === other.name || isDeepStrictEqual(one.body.spec, other.body.spec)))
  );
}
