import { claimsOf } from '../../model/references/references.js';
import type { State } from '../../model/state.js';
import { at, items } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const claimRemoved: UpgradeRule = {
  id: 'claim-removed',
  severity: 'error',
  reason:
    'no pod starts with a claim that is being deleted, and its data are deleted when the last old pod ends',
  fix: 'keep the PersistentVolumeClaim until no pod and no rollback needs its data',
  check: (from, to) => [...removedClaims(from, to), ...claimsOfRemoved(from, to)],
};

function removedClaims(from: State, to: State): readonly Breach[] {
  return from.workloads.flatMap((workload) =>
    claimsOf(workload.pod).flatMap(({ kind, name }) => {
      const object = from.beside(workload.object, '', kind, name);
      if (object === undefined || !to.deletes(object)) {
        return [];
      }
      const owner = title(workload.object);
      const what = to.deletes(workload.object)
        ? `it is gone together with ${owner}, and its data go too`
        : `it is gone, and old pods of ${owner} need it`;
      return [{ object, path: [], what }];
    }),
  );
}

/** The claims of a StatefulSet that go with it. */
function claimsOfRemoved(from: State, to: State): readonly Breach[] {
  return from
    .ofKind('apps', 'StatefulSet')
    .filter(
      ({ body }) => at(body, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete',
    )
    .filter(({ body }) => items(at(body, 'spec', 'volumeClaimTemplates')).length > 0)
    .filter((object) => to.deletes(object))
    .map((object) => ({
      object,
      path: [],
      what: 'it is gone, and so are its claims and their data: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete',
    }));
}
