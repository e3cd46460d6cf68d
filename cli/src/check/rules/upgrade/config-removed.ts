import { configsOf } from '../../model/references.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const configRemoved: UpgradeRule = {
  id: 'config-removed',
  severity: 'error',
  reason:
    'where what is no longer in the manifests is deleted, an old pod that is started again, or a rollback, finds no configuration',
  fix: 'keep what old pods refer to until the rollout is over and no rollback is wanted',
  check: (from, to) =>
    from.workloads.flatMap((workload) =>
      configsOf(workload.pod).flatMap(({ kind, name }) => {
        const object = from.beside(workload.object, '', kind, name);
        if (object === undefined || !to.deletes(object) || to.deletes(workload.object)) {
          return [];
        }
        return [{ object, path: [], what: `it is gone, and old pods of ${title(workload.object)} need it` }];
      }),
    ),
};
