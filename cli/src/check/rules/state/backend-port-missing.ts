import { once } from '../../model/values/once.js';
import { servicePorts } from '../../model/services/service.js';
import { at, shown } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const backendPortMissing: StateRule = {
  id: 'backend-port-missing',
  severity: 'error',
  reason:
    'requests to this path or host, or what a webhook or APIService guards, are answered with an error, as the Service does not have the port',
  fix: 'write the number, or for an Ingress the name, of a port in spec.ports of the Service, not of a container',
  check: (state) => {
    const portNames = once(
      (service: ManifestObject) =>
        new Set(servicePorts(service).flatMap(({ port }) => [port.port, port.name])),
    );
    return inTurn([...state.backends, ...state.apiCalls], (backend) => {
      const { object, path, service, port: wanted } = backend;
      const target = state.serviceOf(backend);
      if (
        target === undefined ||
        wanted === undefined ||
        at(target.body, 'spec', 'type') === 'ExternalName'
      ) {
        return [];
      }
      const names = portNames(target);
      if (names.size === 0 || names.has(wanted)) {
        return [];
      }
      return [{ object, path, what: `the Service ${service} has no port ${shown(wanted)}` }];
    });
  },
};
