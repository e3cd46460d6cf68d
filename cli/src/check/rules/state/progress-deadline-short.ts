import { type Container } from '../../model/workloads/pod.js';
import { largest } from '../../model/values/largest.js';
import { budget } from '../../model/workloads/probe.js';
import { at, fields, number } from '../../read/fields.js';
import type { StateRule } from '../rule.js';

export const progressDeadlineShort: StateRule = {
  id: 'progress-deadline-short',
  severity: 'warning',
  reason:
    'a rollout is called failed while its pods may still start, and tools that wait for it roll back or stop',
  fix: 'set progressDeadlineSeconds above the start-up budget and minReadySeconds',
  check: (state) =>
    state.workloads
      .filter(({ object }) => ['Deployment', 'Rollout'].includes(object.kind))
      .flatMap(({ object, spec, pod }) => {
        const deadline = number(spec.progressDeadlineSeconds) ?? 600;
        const minReady = number(spec.minReadySeconds) ?? 0;
        const start = largest([0, ...pod.containers.map(startUp)]) + minReady;
        // The API server refuses a deadline within minReadySeconds: rollout-refused.
        if (start < deadline || minReady >= deadline) {
          return [];
        }
        return [
          {
            object,
            path: ['spec', 'progressDeadlineSeconds'],
            what: `a pod has up to ${start} s until it serves, but the rollout has only ${deadline} s to make progress`,
          },
        ];
      }),
};

function startUp({ spec }: Container): number {
  if (spec.startupProbe) {
    return budget(fields(spec.startupProbe));
  }
  return number(at(spec, 'readinessProbe', 'initialDelaySeconds')) ?? 0;
}
