import { Protocol } from 'cdk8s-plus-27';
import { Refusal } from '../refusals/refusal';
import { LOSE_ONE } from '../settings/ports';
import type { Checked } from './checked';
import { longRunning } from './long-running';

/**
 * Ports that a probe or a Service refers to but no container has.
 */
export function* undeclaredPorts({ deployment, services, settings }: Checked): Iterable<Refusal> {
  const open = longRunning(deployment, settings).flatMap(({ ports }) => ports.map((port) => port.number));
  const asked: [string, number | undefined][] = [
    ...[settings.probes, ...settings.sidecars.map(({ probes }) => probes)].flatMap((probes) =>
      Object.entries(probes?.askedPorts ?? {}),
    ),
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

/**
 * Ports that were added with the number of another port of the same Service or container.
 */
export function* portsWithSameNumber({ deployment, services, settings }: Checked): Iterable<Refusal> {
  for (const { name, ports } of services) {
    for (const [i, { port, protocol = Protocol.TCP }] of ports.entries()) {
      const other = ports.slice(0, i).find((each) => each.port === port);
      if (other) {
        const ofOther = other.protocol ?? Protocol.TCP;
        yield new Refusal(
          `port ${port} of Service ${JSON.stringify(name)}`,
          protocol,
          ofOther === protocol
            ? 'it offers another port under this number, so the API server refuses it'
            : `it offers ${ofOther} under this number, and ${LOSE_ONE}`,
          'Bind another number, or the port to a Service of furtherExposures',
        );
      }
    }
  }
  if (settings.accepted.acceptDowntimeOnRollout) {
    return;
  }
  for (const { name, ports } of longRunning(deployment, settings)) {
    for (const [i, { number, protocol = Protocol.TCP }] of ports.entries()) {
      const other = ports
        .slice(0, i)
        .find((each) => each.number === number && (each.protocol ?? Protocol.TCP) !== protocol);
      if (other) {
        yield new Refusal(
          `port ${number} of container '${name}'`,
          protocol,
          `it has a ${other.protocol ?? Protocol.TCP} port of this number, and ${LOSE_ONE} or both when a release adds or removes a port`,
          `Let it listen on another number for ${protocol}, or write acceptDowntimeOnRollout: true if you apply with --server-side`,
        );
      }
    }
  }
}
