import { text } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const hpaTargetMissing: StateRule = {
  id: 'hpa-target-missing',
  severity: 'warning',
  reason:
    'nothing is scaled: under load there are no more pods than before, and without replicas there is one',
  fix: 'write kind and name of the Deployment or StatefulSet in spec.scaleTargetRef, or spec.targetRef of a Canary',
  check: (state) => {
    // If a namespace has no workload here, its workloads are in other manifests, and so is a kind that none of them has.
    const scalable = state.workloadObjects.filter(({ kind }) => kind !== 'DaemonSet');
    const spaces = new Set(scalable.map(({ namespace }) => namespace));
    const kinds = new Set(['Deployment', 'StatefulSet', ...scalable.map(({ kind }) => kind)]);
    return [...state.autoscalers, ...state.canaries].flatMap((scaler) => {
      const { object, targetPath, target } = scaler;
      const [kind, name] = [text(target.kind) ?? '', text(target.name) ?? ''];
      if (!spaces.has(object.namespace) || !kinds.has(kind) || state.scaledBy(scaler) !== undefined) {
        return [];
      }
      return [{ object, path: targetPath, what: `the ${kind} ${name} is not in the manifests` }];
    });
  },
};
