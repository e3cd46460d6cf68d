import { ungranted } from '../../model/entries/grants.js';
import type { StateRule } from '../rule.js';

export const backendNotGranted: StateRule = {
  id: 'backend-not-granted',
  severity: 'error',
  reason:
    'without a ReferenceGrant in the other namespace, the Gateway answers with an error or has no certificate',
  fix: 'add a ReferenceGrant to the namespace of what is named, from the kind and namespace of this object',
  check: (state) => {
    // If a namespace has no objects here, its grants are in other manifests.
    const namespaces = new Set(state.objects.map(({ namespace }) => namespace));
    return ungranted(state)
      .filter(({ namespace }) => namespaces.has(namespace))
      .map(({ object, path, kind, namespace, name }) => ({
        object,
        path,
        what: `no ReferenceGrant of namespace ${namespace} lets it refer to ${kind} ${name}`,
      }));
  },
};
