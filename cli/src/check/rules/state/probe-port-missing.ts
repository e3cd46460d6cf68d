import { POD_PATH } from '../../model/workloads/workload.js';
import { at, items, shown, type Fields, type Path } from '../../read/fields.js';
import { inTurn } from '../in-turn.js';
import type { StateRule } from '../rule.js';

export const probePortMissing: StateRule = {
  id: 'probe-port-missing',
  severity: 'error',
  reason: 'a probe of a port that is not there fails, so no new pod becomes ready, and a hook does not run',
  fix: 'write the name of a port in the ports of the same container, or its number',
  check: (state) =>
    inTurn(state.workloads, ({ object, pod }) =>
      pod.containers.flatMap(({ name, path, spec }) => {
        const names = new Set(items(spec.ports).map(({ item }) => item.name));
        return ASKING.map((asking) => ({ asking, port: at(spec, ...asking, 'port') }))
          .filter(({ port }) => isName(port) && !names.has(port))
          .map(({ asking, port }) => ({
            object,
            path: [...POD_PATH, ...path, ...asking, 'port'],
            what: `${asking[asking.length - 2]} asks port ${shown(port)}, and container ${name} has ${portsOf(spec)}`,
          }));
      }),
    ),
};

/** Where a container names a port of its own. */
const ASKING: readonly Path[] = [
  ...['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) => [
    [probe, 'httpGet'],
    [probe, 'tcpSocket'],
  ]),
  ...['preStop', 'postStart'].map((hook) => ['lifecycle', hook, 'httpGet']),
];

/** Whether a port is a name. A text of digits is a number too. */
function isName(port: unknown): boolean {
  return typeof port === 'string' && !/^\d+$/.test(port);
}

function portsOf({ ports }: Fields): string {
  const names = items(ports).flatMap(({ item }) => (typeof item.name === 'string' ? [item.name] : []));
  return names.length === 0 ? 'no port with a name' : `only ${names.slice(0, 10).join(', ')}`;
}
