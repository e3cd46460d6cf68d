import type { Container } from '../../model/workloads/pod.js';
import { budget } from '../../model/workloads/probe.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { at, fields, number } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const startUpBudgetShort: StateRule = {
  id: 'start-up-budget-short',
  severity: 'warning',
  reason:
    'a container that needs as long to start as its readiness probe allows is killed before that, again and again',
  fix: 'raise failureThreshold of the startupProbe, or add one, above the time until the container answers',
  check: (state) =>
    inTurn(state.serving(), ({ object, pod }) =>
      pod.containers.flatMap((container) => {
        const needed = number(at(container.spec, 'readinessProbe', 'initialDelaySeconds')) ?? 0;
        const killer = killerOf(container);
        if (killer === undefined || killer.seconds >= needed) {
          return [];
        }
        return [
          {
            object,
            path: [...POD_PATH, ...container.path, killer.probe],
            what: `readiness of container ${container.name} is asked after ${needed} s, and its ${killer.probe} kills it after ${killer.seconds} s`,
          },
        ];
      }),
    ),
};

/** The probe that kills a container which does not answer, and after how long. */
function killerOf({ spec }: Container) {
  // The liveness probe does not run before the startupProbe has succeeded.
  const probe = ['startupProbe', 'livenessProbe'].find((name) => spec[name]);
  return probe === undefined ? undefined : { probe, seconds: budget(fields(spec[probe])) };
}
