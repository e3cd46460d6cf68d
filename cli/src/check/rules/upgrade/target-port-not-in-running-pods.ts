import { shown } from '../../read/fields.js';
import { portsOf, resolvePort, type Pod } from '../../model/pod.js';
import { isHeadless, protocolOf, servicePorts } from '../../model/service.js';
import { hasPortNamed } from '../../model/workload.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const targetPortNotInRunningPods: UpgradeRule = {
  id: 'target-port-not-in-running-pods',
  severity: 'error',
  reason:
    'the Service sends requests to a port that the running pods do not have, until the last of them is replaced',
  fix: 'first roll out pods with both ports, then change targetPort; a name may mean another number in each pod',
  check: (from, to) =>
    to.changes(from, to.services).flatMap(({ before, object }) => {
      if (isHeadless(object)) return [];
      const old = servicePorts(before);
      const running = from.runningBehind(object);
      return servicePorts(object).flatMap(({ index, port, targetPort }) => {
        const same = old.find(
          (other) => other.port.port === port.port && protocolOf(other.port) === protocolOf(port),
        );
        if (same === undefined || same.targetPort === targetPort) return [];
        // No pod of the new manifests has it either, and target-port-missing says so.
        if (
          typeof targetPort === 'string' &&
          !to.behind(object).some((workload) => hasPortNamed(workload, targetPort))
        )
          return [];
        const missing = running.filter(({ pod }) => !serves(pod, targetPort, same.targetPort));
        // A pod without a port of that name gets no requests, and the others do.
        if (typeof targetPort === 'string' && missing.length < running.length) return [];
        return missing.map((workload) => ({
          object,
          path: ['spec', 'ports', index, 'targetPort'],
          what: `the running pods of ${title(workload.object)} have no port ${shown(targetPort)}`,
        }));
      });
    }),
};

/** Whether a pod serves a port for all that can be told: it declares it, or the Service sent requests to it before. */
function serves(pod: Pod, targetPort: unknown, before: unknown): boolean {
  const port = resolvePort(pod, targetPort);
  return (
    port !== undefined &&
    (port === resolvePort(pod, before) || portsOf(pod).some(({ containerPort }) => containerPort === port))
  );
}
