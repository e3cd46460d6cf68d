import { items, shown, text, type Fields, type Path } from '../../read/fields.js';
import { protocolOf } from '../services/service.js';
import { refusedIf, repeated, type Refusal } from './refusal.js';

/** What is wrong with a number of a port. */
export function wrongNumber(value: unknown, path: Path): readonly Refusal[] {
  const isRight = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
  return refusedIf(!isRight, path, () =>
    isMissing(value)
      ? 'the number of the port is missing; write one from 1 to 65535'
      : `port ${shown(value)} is no number from 1 to 65535`,
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What is wrong with the name of a container's port, by which probes and Services find it. */
export function wrongName(value: unknown, path: Path): readonly Refusal[] {
  const name = text(value);
  const isRight =
    name === undefined || (name.length <= 15 && /^(?!-)(?!.*--)(?=.*[a-z])[a-z\d-]*[a-z\d]$/.test(name));
  return refusedIf(
    !isRight,
    path,
    () => `port name ${shown(value)} is not of up to 15 lower-case letters, digits and single hyphens`,
  );
}

/** What is wrong with the ports of a container. */
export function wrongPorts(container: Fields, path: Path, isOfNode: boolean): readonly Refusal[] {
  const ports = items(container.ports);
  const at = (index: number, field: string) => [...path, 'ports', index, field];
  return [
    ...ports.flatMap(({ index, item }) => [
      ...wrongNumber(item.containerPort, at(index, 'containerPort')),
      ...wrongName(item.name === '' ? undefined : item.name, at(index, 'name')),
      ...refusedIf(
        isOfNode && Boolean(item.hostPort) && item.hostPort !== item.containerPort,
        at(index, 'hostPort'),
        () => `hostPort ${shown(item.hostPort)} has to be containerPort in the network of the node`,
      ),
    ]),
    ...repeated(ports, ({ item }) => text(item.name) || undefined).map(({ entry, key }) => ({
      path: at(entry.index, 'name'),
      what: `two ports of the container are named ${key}`,
    })),
  ];
}

/** What is wrong with the ports of a Service. */
export function wrongServicePorts(spec: Fields): readonly Refusal[] {
  const ports = items(spec.ports);
  const at = (index: number, field: string) => ['spec', 'ports', index, field];
  return [
    ...ports.flatMap(({ index, item }) => [
      ...wrongNumber(item.port, at(index, 'port')),
      ...refusedIf(
        ports.length > 1 && !item.name && !isMissing(item.port),
        at(index, 'name'),
        () => `of several ports each needs a name, and port ${shown(item.port)} has none`,
      ),
      ...refusedIf(
        typeof item.name === 'string' && item.name !== '' && !LABEL.test(item.name),
        at(index, 'name'),
        () => `port name ${shown(item.name)} is not of lower-case letters, digits and hyphens`,
      ),
      ...(typeof item.targetPort === 'string' && item.targetPort !== ''
        ? wrongName(item.targetPort, at(index, 'targetPort'))
        : []),
    ]),
    ...repeated(ports, ({ item }) => text(item.name) || undefined).map(({ entry, key }) => ({
      path: at(entry.index, 'name'),
      what: `two ports are named ${key}`,
    })),
    ...repeated(ports, ({ item }) => numbered(item, item.port)).map(({ entry, key }) => ({
      path: at(entry.index, 'port'),
      what: `port ${key} is there twice`,
    })),
    ...repeated(ports, ({ item }) => nodePortOf(item)).map(({ entry, key }) => ({
      path: at(entry.index, 'nodePort'),
      what: `two ports have node port ${key}`,
    })),
  ];
}

/** The node port of a port, with its protocol: one of each there can be only once in a cluster. */
export function nodePortOf(port: Fields): string | undefined {
  return typeof port.nodePort === 'number' && port.nodePort > 0 ? numbered(port, port.nodePort) : undefined;
}

function numbered(port: Fields, value: unknown): string {
  const protocol = protocolOf(port);
  return `${shown(value)}${protocol === 'TCP' ? '' : `/${protocol}`}`;
}

/** A label of DNS. */
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
