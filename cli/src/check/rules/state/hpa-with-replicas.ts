import type { StateRule } from '../rule.js';

export const hpaWithReplicas: StateRule = {
  id: 'hpa-with-replicas',
  severity: 'warning',
  reason: 'every apply sets the number of pods back to the one in the manifest, whatever the load is',
  fix: 'remove spec.replicas, first from the last applied configuration (kubectl apply edit-last-applied)',
  check: (state) =>
    state.workloads.flatMap((workload) => {
      const { object, replicas } = workload;
      const scaler = state.scalerOf(workload);
      if (replicas === undefined || scaler === undefined) {
        return [];
      }
      const what = `replicas is ${replicas}, and a ${scaler.object.kind} sets it too`;
      return [{ object, path: ['spec', 'replicas'], what }];
    }),
};
