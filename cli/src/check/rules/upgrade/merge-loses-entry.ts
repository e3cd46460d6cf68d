import { lostOfPod, lostOfService } from '../../model/apply/merged-lists.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { fields, at } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { Breach, UpgradeRule } from '../rule.js';

export const mergeLosesEntry: UpgradeRule = {
  id: 'merge-loses-entry',
  sameAs: 'variable-twice',
  severity: 'warning',
  reason:
    'kubectl apply and Helm 3 merge entries of this list by this one value, say that all is well, and leave it otherwise than it is written',
  fix: 'give each entry a value of its own, or apply this change with kubectl replace; for one port in two protocols, --server-side is enough',
  check: (from, to) =>
    inTurn([to.services, to.workloadObjects], (objects) =>
      inTurn(to.changes(from, objects), ({ before, object }): readonly Breach[] => {
        if (object.kind === 'Service') {
          return lostOfService(before.body, object.body).map((lost) => ({ object, ...lost }));
        }
        const [old, spec] = [before, object].map(({ body }) => fields(at(body, ...POD_PATH)));
        return lostOfPod(old, spec).map(({ path, what }) => ({ object, path: [...POD_PATH, ...path], what }));
      }),
    ),
};
