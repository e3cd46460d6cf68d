import { Refusal } from '../refusal';
import type { Checked } from './checked';
import { longRunning } from './long-running';

/**
 * Ports that are asked, and that no container has.
 */
export function* portsOfNoContainer({ deployment, services, settings }: Checked): Iterable<Refusal> {
  const open = longRunning(deployment, settings).flatMap(({ ports }) => ports.map((port) => port.number));
  const asked: [string, number | undefined][] = [
    ...Object.entries(settings.probes.askedPorts),
    ...settings.sidecars.map((sidecar, i): [string, number | undefined] => [
      `sidecars[${i}].readiness.port`,
      sidecar.asked.readiness?._options.port,
    ]),
    ...services
      .flatMap(({ ports }) => ports)
      .map((port): [string, number] => [
        `service port ${port.port} targetPort`,
        port.targetPort ?? port.port,
      ]),
  ];
  for (const [prop, port] of asked) {
    if (port !== undefined && !open.includes(port)) {
      yield new Refusal(
        prop,
        port,
        'no container has this port',
        `Write one of ${open.join(', ')}, or add the port to extraPorts`,
      );
    }
  }
}
