import { portsOf, resolvePort } from '../../model/pod.js';
import { servicePorts } from '../../model/state.js';
import { type Fields } from '../../read/fields.js';
import { title } from '../../read/object.js';
import type { UpgradeRule } from '../rule.js';

export const targetPortNotInRunningPods: UpgradeRule = {
  id: 'target-port-not-in-running-pods',
  severity: 'error',
  reason:
    'the Service sends requests to a port that the running pods do not have, until the last of them is replaced',
  fix: 'first roll out pods with both ports, then change targetPort; a name may mean another number in each pod',
  check: (from, to) =>
    to.services.flatMap((object) => {
      const before = from.find(object);
      if (before === undefined) return [];
      const ports = servicePorts(before).map(({ targetPort }) => targetPort);
      return servicePorts(object)
        .filter(({ targetPort }) => !ports.includes(targetPort))
        .flatMap(({ index, targetPort }) =>
          from
            .behind(before)
            .filter(({ pod }) => {
              const number = resolvePort(pod, targetPort);
              const known = [...ports.map((port) => resolvePort(pod, port)), ...portsOf(pod).map(numberOf)];
              return number === undefined || !known.includes(number);
            })
            .map((workload) => ({
              object,
              path: ['spec', 'ports', index, 'targetPort'],
              what: `the running pods of ${title(workload.object)} have no port ${String(targetPort)}`,
            })),
        );
    }),
};

const numberOf = ({ containerPort }: Fields) => containerPort;
