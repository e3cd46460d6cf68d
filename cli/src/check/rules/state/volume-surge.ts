import { once } from '../../model/values/once.js';
import { boundsOf, POD_PATH } from '../../model/workloads/workload.js';
import { at, items, shown, text } from '../../read/fields.js';
import type { ManifestObject } from '../../read/object.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const volumeSurge: StateRule = {
  id: 'volume-surge',
  severity: 'warning',
  reason:
    'the old pod holds a volume that only one node can mount, so a new pod on another node waits for ever',
  fix: 'use a volume that many nodes can mount, or a StatefulSet',
  check: (state) => {
    const isOfOneNode = once((claim: ManifestObject) => {
      const modes = at(claim.body, 'spec', 'accessModes');
      return Array.isArray(modes) && modes.every((mode) => shown(mode).startsWith('ReadWriteOnce'));
    });
    return inTurn(state.serving(), (workload) => {
      const bounds = boundsOf(workload, state.fewestPods(workload));
      if (bounds === undefined || bounds.unavailable > 0) {
        return [];
      }
      return items(workload.pod.spec.volumes).flatMap(({ index, item }) => {
        const name = text(at(item, 'persistentVolumeClaim', 'claimName')) ?? '';
        const claim = state.beside(workload.object, '', 'PersistentVolumeClaim', name);
        if (claim === undefined || !isOfOneNode(claim)) {
          return [];
        }
        return [
          {
            object: workload.object,
            path: [...POD_PATH, 'volumes', index],
            what: `the volume ${name} is ReadWriteOnce, and no pod may be missing`,
          },
        ];
      });
    });
  },
};
