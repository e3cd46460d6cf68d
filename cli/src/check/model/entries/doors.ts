import { at, items, shown, text, type Fields } from '../../read/fields.js';
import { title, type ManifestObject } from '../../read/object.js';

/** Where requests to a route come in. */
export interface Door {
  /** A Gateway as in messages, or an entry point of Traefik. */
  readonly name: string;
  /** The listener of the Gateway; empty for all. */
  readonly listener: string;
}

/** Where requests to a route come in; none if it names nothing, which may mean everywhere. */
export function doorsOf(route: ManifestObject): readonly Door[] {
  const { spec } = route.body;
  switch (route.group) {
    case 'gateway.networking.k8s.io':
      return items(at(spec, 'parentRefs')).flatMap(({ item }) => doorOf(route, item));
    case 'networking.istio.io':
      return textsIn(at(spec, 'gateways'))
        .filter((name) => name !== 'mesh')
        .map((name) => {
          const [own, namespace] = name.split('/').reverse();
          return { name: nameOf('Gateway', namespace ?? route.namespace, own), listener: '' };
        });
    default:
      return textsIn(at(spec, 'entryPoints')).map((name) => ({ name: `entry point ${name}`, listener: '' }));
  }
}

/** A door in messages. */
export function doorTitle({ name, listener }: Door): string {
  return listener === '' ? name : `${name}, listener ${listener}`;
}

/** The texts of a list. */
export function textsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string');
}

function doorOf(
  route: ManifestObject,
  { kind, name, namespace, sectionName, port }: Fields,
): readonly Door[] {
  const [own, listener] = [text(name), sectionName ?? port];
  if (own === undefined) {
    return [];
  }
  const gateway = nameOf(text(kind) ?? 'Gateway', text(namespace) ?? route.namespace, own);
  return [{ name: gateway, listener: listener === undefined ? '' : shown(listener) }];
}

function nameOf(kind: string, namespace: string, name: string): string {
  return title({ apiVersion: '', kind, namespace, name });
}
