import { at, text } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const hpaTargetMissing: StateRule = {
  id: 'hpa-target-missing',
  severity: 'warning',
  reason:
    'nothing is scaled: under load there are no more pods than before, and without replicas there is one',
  fix: 'write kind and name of the Deployment or StatefulSet in spec.scaleTargetRef',
  check: (state) =>
    state.autoscalers.flatMap((object) => {
      const target = at(object.body, 'spec', 'scaleTargetRef');
      const [kind, name] = [text(at(target, 'kind')) ?? '', text(at(target, 'name')) ?? ''];
      const scaled = ['Deployment', 'StatefulSet'];
      if (!scaled.includes(kind) || state.beside(object, 'apps', kind, name) !== undefined) return [];
      // Without any workload there, they are written somewhere else.
      const others = state.workloads.some(
        (workload) => workload.object.namespace === object.namespace && scaled.includes(workload.object.kind),
      );
      if (!others) return [];
      return [
        { object, path: ['spec', 'scaleTargetRef'], what: `the ${kind} ${name} is not in the manifests` },
      ];
    }),
};
