import { at, text } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const hpaTargetMissing: StateRule = {
  id: 'hpa-target-missing',
  severity: 'warning',
  reason:
    'nothing is scaled: under load there are no more pods than before, and without replicas there is one',
  fix: 'write kind and name of the Deployment or StatefulSet in spec.scaleTargetRef',
  check: (state) => {
    const scaled = ['Deployment', 'StatefulSet'];
    // If a namespace has no workload here, its workloads are in other manifests.
    const withWorkloads = new Set(
      scaled.flatMap((kind) => state.ofKind('apps', kind)).map(({ namespace }) => namespace),
    );
    return state.autoscalers.flatMap((object) => {
      const target = at(object.body, 'spec', 'scaleTargetRef');
      const [kind, name] = [text(at(target, 'kind')) ?? '', text(at(target, 'name')) ?? ''];
      if (!scaled.includes(kind) || state.beside(object, 'apps', kind, name) !== undefined) {
        return [];
      }
      if (!withWorkloads.has(object.namespace)) {
        return [];
      }
      return [
        { object, path: ['spec', 'scaleTargetRef'], what: `the ${kind} ${name} is not in the manifests` },
      ];
    });
  },
};
