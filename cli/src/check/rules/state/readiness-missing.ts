import { POD_PATH } from '../../model/workloads/workload.js';
import type { StateRule } from '../rule.js';

export const readinessMissing: StateRule = {
  id: 'readiness-missing',
  severity: 'error',
  reason: 'a pod without a readiness probe gets requests before it can answer them',
  fix: 'give the container that answers a readinessProbe',
  check: (state) =>
    state
      .serving()
      .filter(
        // A pod with a startupProbe gets no requests before that has succeeded either.
        (workload) => !state.answering(workload).some(({ spec }) => spec.readinessProbe ?? spec.startupProbe),
      )
      .map(({ object }) => ({
        object,
        path: [...POD_PATH, 'containers'],
        what: 'no container that answers has a readinessProbe',
      })),
};
