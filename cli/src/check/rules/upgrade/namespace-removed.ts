import type { UpgradeRule } from '../rule.js';

export const namespaceRemoved: UpgradeRule = {
  id: 'namespace-removed',
  severity: 'error',
  reason:
    'where what is no longer in the manifests is deleted, everything in the namespace is deleted with it',
  fix: 'keep the Namespace, or annotate it so that the deployment tool keeps it',
  check: (from, to) =>
    from
      .ofKind('', 'Namespace')
      .filter((object) => to.deletes(object))
      .map((object) => ({ object, path: [], what: 'it is not in the new manifests' })),
};
