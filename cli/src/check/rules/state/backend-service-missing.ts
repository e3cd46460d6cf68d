import type { StateRule } from '../rule.js';

export const backendServiceMissing: StateRule = {
  id: 'backend-service-missing',
  severity: 'warning',
  reason:
    'requests to this path or host, or what a webhook or APIService guards, are answered with an error, as there is no Service of this name',
  fix: 'write the name of a Service in the same namespace',
  check: (state) => {
    // If a namespace has no Service here, its Services are in other manifests.
    const withServices = new Set(state.services.map(({ namespace }) => namespace));
    return [...state.backends, ...state.apiCalls]
      .filter(({ namespace }) => withServices.has(namespace))
      .filter((backend) => state.serviceOf(backend) === undefined)
      .map(({ object, path, service }) => ({
        object,
        path,
        what: `the Service ${service} is not in the manifests`,
      }));
  },
};
