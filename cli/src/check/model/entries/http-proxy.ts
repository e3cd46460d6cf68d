import { at, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { ALL, pathsOfHosts, serviceName, type ServedPath } from './served-path.js';

/** The host that an HTTPProxy of Contour serves; those that it includes say which paths. */
export function pathsOfHttpProxy({ namespace, body }: ManifestObject): readonly ServedPath[] {
  const host = text(at(body, 'spec', 'virtualhost', 'fqdn'));
  const services = items(at(body, 'spec', 'routes')).flatMap(({ item }) =>
    items(item.services).flatMap(({ item: { name } }) => text(name) ?? []),
  );
  const all = { ...ALL, isUnsure: true, services: services.map((name) => serviceName(namespace, name)) };
  return host === undefined ? [] : pathsOfHosts('Contour', [host], [all]);
}
