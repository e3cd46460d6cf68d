import { at, fields, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { annotation } from '../services/service.js';
import { ALL, pathsOfHosts, serviceName, type Match, type ServedPath } from './served-path.js';

/** The paths that an Ingress serves; its default backend serves all. */
export function pathsOfIngress(ingress: ManifestObject): readonly ServedPath[] {
  const spec = fields(ingress.body.spec);
  const servicesOf = (backend: unknown) => {
    const name = text(at(backend, 'service', 'name'));
    return name === undefined ? [] : [serviceName(ingress.namespace, name)];
  };
  const all = { ...ALL, services: servicesOf(spec.defaultBackend) };
  return [
    ...items(spec.rules).flatMap(({ item }) => {
      const paths = items(at(item, 'http', 'paths')).map(({ item: { path, pathType, backend } }): Match => ({
        ...ALL,
        path: text(path) ?? '/',
        isPrefix: pathType !== 'Exact',
        services: servicesOf(backend),
      }));
      return pathsOfHosts('Ingress', [text(item.host) ?? '*'], paths.length > 0 ? paths : [all]);
    }),
    ...aliasesOf(ingress).map((host) => ({ ...ALL, family: 'Ingress', host })),
    ...(spec.defaultBackend === undefined ? [] : pathsOfHosts('Ingress', [], [all])),
  ];
}

/** More hosts for which ingress-nginx serves the same. */
function aliasesOf(ingress: ManifestObject): readonly string[] {
  const written = annotation(ingress, 'nginx.ingress.kubernetes.io/server-alias') ?? '';
  return written
    .split(',')
    .map((host) => host.trim())
    .filter((host) => host !== '' && !host.startsWith('~'));
}
