import { at, fields, items, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { ALL, pathsOfHosts, serviceName, type ServedPath } from './served-path.js';

/** The path that a Route of OpenShift serves; without a host it gets one of its own. */
export function pathsOfOpenShiftRoute({ namespace, name, body }: ManifestObject): readonly ServedPath[] {
  const spec = fields(body.spec);
  const services = [fields(spec.to), ...items(spec.alternateBackends).map(({ item }) => item)]
    .filter(({ weight }) => weight !== 0)
    .flatMap((backend) => text(backend.name) ?? []);
  const match = {
    ...ALL,
    path: text(at(spec, 'path')) ?? '/',
    services: services.map((service) => serviceName(namespace, service)),
  };
  return pathsOfHosts('OpenShift', [text(spec.host) ?? `of Route ${name}`], [match]);
}
