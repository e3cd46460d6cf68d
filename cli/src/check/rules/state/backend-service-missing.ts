import type { StateRule } from '../rule.js';

export const backendServiceMissing: StateRule = {
  id: 'backend-service-missing',
  severity: 'warning',
  reason: 'requests to this path or host are answered with an error, as there is no Service of this name',
  fix: 'write the name of a Service in the same namespace',
  check: (state) =>
    state.backends
      .filter(({ namespace, service }) => state.service(namespace, service) === undefined)
      // Without any Service there, they are written somewhere else.
      .filter((backend) => state.services.some(({ namespace }) => namespace === backend.namespace))
      .map(({ object, path, service }) => ({
        object,
        path,
        what: `the Service ${service} is not in the manifests`,
      })),
};
