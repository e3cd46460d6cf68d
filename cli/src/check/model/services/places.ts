import { isDeepStrictEqual } from 'node:util';
import { items, at, text, type Path } from '../../read/fields.js';
import { identity, type ManifestObject } from '../../read/object.js';
import { nodePortOf } from '../refused/ports.js';
import { typeOf } from './service.js';

/** What only one Service of a cluster can have: a node port or a cluster IP. */
export interface Place {
  readonly path: Path;
  readonly kind: 'node port' | 'cluster IP';
  /** The address, or the number with its protocol if that is not TCP. */
  readonly value: string;
}

/** The places that a Service asks for. */
export function placesOf(service: ManifestObject): readonly Place[] {
  const type = typeOf(service);
  const address = text(at(service.body, 'spec', 'clusterIP')) || 'None';
  const ports = ['NodePort', 'LoadBalancer'].includes(type) ? items(at(service.body, 'spec', 'ports')) : [];
  return [
    ...ports.flatMap(({ index, item }): readonly Place[] => {
      const value = nodePortOf(item);
      return value === undefined
        ? []
        : [{ path: ['spec', 'ports', index, 'nodePort'], kind: 'node port', value }];
    }),
    ...(address === 'None' || type === 'ExternalName'
      ? []
      : [{ path: ['spec', 'clusterIP'], kind: 'cluster IP' as const, value: address }]),
  ];
}

/** Finds the first Service that asks for a place. */
export function ownersOf(services: readonly ManifestObject[]): (place: Place) => ManifestObject | undefined {
  const first = new Map<string, ManifestObject>();
  for (const service of services) {
    for (const place of placesOf(service)) {
      const key = keyOf(place);
      first.set(key, first.get(key) ?? service);
    }
  }
  return (place) => first.get(keyOf(place));
}

function keyOf({ kind, value }: Place): string {
  return `${kind} ${value}`;
}

/** Whether two Services are the same one of a cluster, or the same one in two namespaces, as for two clusters. */
export function isSame(one: ManifestObject, other: ManifestObject): boolean {
  return (
    identity(one) === identity(other) ||
    (one.namespace !== other.namespace &&
      (one.name === other.name || isDeepStrictEqual(one.body.spec, other.body.spec)))
  );
}
