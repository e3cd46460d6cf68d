import { failureTime, asksTheSame } from '../../model/workloads/probe.js';
import { POD_PATH } from '../../model/workloads/workload.js';
import { fields } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const livenessNotSlower: StateRule = {
  id: 'liveness-not-slower',
  severity: 'warning',
  reason: 'under overload pods are restarted, one after the other, when they should only get fewer requests',
  fix: 'let liveness fail later than readiness, let it check something that load does not change, or remove it',
  check: (state) =>
    inTurn(state.serving(), ({ object, pod }) =>
      pod.containers.flatMap(({ name, path, spec }) => {
        if (!spec.livenessProbe || !spec.readinessProbe) {
          return [];
        }
        const [liveness, readiness] = [fields(spec.livenessProbe), fields(spec.readinessProbe)];
        if (!asksTheSame(liveness, readiness) || failureTime(liveness) > failureTime(readiness)) {
          return [];
        }
        return [
          {
            object,
            path: [...POD_PATH, ...path, 'livenessProbe'],
            what: `liveness of container ${name} checks what readiness checks, and fails no later`,
          },
        ];
      }),
    ),
};
