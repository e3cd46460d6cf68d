import { lostTolerations, newRequirements, type NodeRequirement } from '../../model/workloads/node-terms.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { shown, text, type Fields } from '../../read/fields.js';
import type { UpgradeRule } from '../rule.js';

export const daemonSetNodesNarrowed: UpgradeRule = {
  id: 'daemon-set-nodes-narrowed',
  severity: 'warning',
  reason: 'the pods on the other nodes end, most of them at once, whatever the update strategy says',
  fix: 'label the nodes first, all that shall go on serving, and keep the tolerations of their taints',
  check: (from, to) =>
    to.changes(from, to.workloadObjects).flatMap(({ before, object }) => {
      const [old, workload] = [from.workload(before), to.workload(object)];
      if (
        object.kind !== 'DaemonSet' ||
        old === undefined ||
        workload === undefined ||
        from.servicesOf(old).length === 0
      ) {
        return [];
      }
      return [
        ...newRequirements(old.pod, workload.pod).map((one) => ({
          object,
          path: [...POD_PATH, ...one.path],
          what: `only nodes with ${written(one)} keep a pod`,
        })),
        ...lostTolerations(old.pod, workload.pod).map((one) => ({
          object,
          path: [...POD_PATH, 'tolerations'],
          what: `nodes with ${taint(one)} keep no pod`,
        })),
      ];
    }),
};

/** A requirement as kubectl shows it. */
function written({ path, key, operator, values }: NodeRequirement): string {
  const all = values.map(shown).join(', ');
  if (path[0] === 'nodeSelector') {
    return `${path[1]}: ${all}`;
  }
  return values.length === 0 ? `${key} ${operator}` : `${key} ${operator} [${all}]`;
}

function taint({ key, value, effect }: Fields): string {
  const name = text(key);
  return [
    name === undefined ? 'any taint' : `the taint ${name}`,
    value === undefined ? '' : `=${shown(value)}`,
    effect === undefined ? '' : `:${shown(effect)}`,
  ].join('');
}
