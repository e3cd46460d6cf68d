import { isDeepStrictEqual } from 'node:util';
import { POD_PATH } from '../../model/workload.js';
import { at, fields, shown } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const daemonSetNodesNarrowed: UpgradeRule = {
  id: 'daemon-set-nodes-narrowed',
  severity: 'warning',
  reason: 'the pods on nodes that do not have the label end at once, whatever the update strategy says',
  fix: 'label the nodes first, all that shall go on serving',
  check: (from, to) =>
    to.changes(from, to.ofKind('apps', 'DaemonSet')).flatMap(({ before, object }) => {
      const workload = from.workload(before);
      if (workload === undefined || from.servicesOf(workload).length === 0) {
        return [];
      }
      const old = fields(at(before.body, ...POD_PATH, 'nodeSelector'));
      return Object.entries(fields(at(object.body, ...POD_PATH, 'nodeSelector')))
        .filter(([label, value]) => !isDeepStrictEqual(old[label], value))
        .map(([label, value]) => ({
          object,
          path: [...POD_PATH, 'nodeSelector', label],
          what: `only nodes with ${label}: ${shown(value)} keep a pod`,
        }));
    }),
};
