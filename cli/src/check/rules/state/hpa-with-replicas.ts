import type { StateRule } from '../rule.js';

export const hpaWithReplicas: StateRule = {
  id: 'hpa-with-replicas',
  severity: 'warning',
  reason: 'every apply sets the number of pods back to the one in the manifest, whatever the load is',
  fix: 'remove spec.replicas, first from the last applied configuration (kubectl apply edit-last-applied)',
  check: (state) =>
    state.workloads
      .filter((workload) => workload.replicas !== undefined && state.autoscalerOf(workload) !== undefined)
      .map(({ object, replicas }) => ({
        object,
        path: ['spec', 'replicas'],
        what: `replicas is ${replicas}, and a HorizontalPodAutoscaler sets it too`,
      })),
};
