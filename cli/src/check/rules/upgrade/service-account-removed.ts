import { text } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const serviceAccountRemoved: UpgradeRule = {
  id: 'service-account-removed',
  severity: 'error',
  reason:
    'the API server refuses pods without their ServiceAccount: no old pod is replaced, and no rollback succeeds',
  fix: 'keep the ServiceAccount until the rollout is over and no rollback is wanted',
  check: (from, to) =>
    from.workloads.flatMap((workload) => {
      const { spec } = workload.pod;
      const name = text(spec.serviceAccountName) ?? text(spec.serviceAccount);
      const object =
        name === undefined ? undefined : from.beside(workload.object, '', 'ServiceAccount', name);
      if (object === undefined || !to.deletes(object) || to.deletes(workload.object)) {
        return [];
      }
      return [{ object, path: [], what: `it is gone, and old pods of ${title(workload.object)} need it` }];
    }),
};
