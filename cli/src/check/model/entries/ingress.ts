import { at, fields, items, text } from '../read/fields.js';
import type { ManifestObject } from '../read/object.js';

/** A path that an Ingress serves. */
export interface IngressPath {
  /** The host, * if none is written. */
  readonly host: string;
  readonly path: string;
  /** Whether the path is the start of those that it serves. */
  readonly isPrefix: boolean;
  /** The Service behind it; none if it is something else. */
  readonly service: string | undefined;
}

/** The paths that an Ingress serves; its default backend serves all. */
export function pathsOf({ body }: ManifestObject): readonly IngressPath[] {
  const spec = fields(body.spec);
  const serviceOf = (backend: unknown) => text(at(backend, 'service', 'name'));
  const all = { host: '*', path: '/', isPrefix: true, service: serviceOf(spec.defaultBackend) };
  return [
    ...items(spec.rules).flatMap(({ item }) => {
      const host = text(item.host) ?? '*';
      const paths = items(at(item, 'http', 'paths'));
      if (paths.length === 0) {
        return [{ ...all, host }];
      }
      return paths.map(({ item: { path, pathType, backend } }) => ({
        host,
        path: text(path) ?? '/',
        isPrefix: pathType !== 'Exact',
        service: serviceOf(backend),
      }));
    }),
    ...(spec.defaultBackend === undefined ? [] : [all]),
  ];
}
