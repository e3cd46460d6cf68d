import { claimsOf } from '../../model/references.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const claimRemoved: UpgradeRule = {
  id: 'claim-removed',
  severity: 'error',
  reason:
    'no pod starts with a claim that is being deleted, and its data are deleted when the last old pod ends',
  fix: 'keep the PersistentVolumeClaim until no pod and no rollback needs its data',
  check: (from, to) =>
    from.workloads.flatMap((workload) =>
      claimsOf(workload.pod).flatMap(({ kind, name }) => {
        const object = from.beside(workload.object, '', kind, name);
        if (object === undefined || !to.deletes(object) || to.deletes(workload.object)) {
          return [];
        }
        return [{ object, path: [], what: `it is gone, and old pods of ${title(workload.object)} need it` }];
      }),
    ),
};
