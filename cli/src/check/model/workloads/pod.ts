import { at, fields, items, number, text, type Fields, type Path } from '../../read/fields.js';

/** A container that runs as long as its pod: of the application, or a native sidecar. */
export class Container {
  constructor(
    readonly spec: Fields,
    private readonly list: 'containers' | 'initContainers',
    private readonly index: number,
  ) {}

  get name(): string {
    return text(this.spec.name) ?? `${this.list}[${this.index}]`;
  }

  /** Whether it is a native sidecar: it has started before the application does, and ends after it. */
  get isSidecar(): boolean {
    return this.list === 'initContainers';
  }

  /** Its place in the pod's spec. */
  get path(): Path {
    return [this.list, this.index];
  }
}

/** A pod as its template describes it. */
export interface Pod {
  readonly metadata: Fields;
  readonly labels: Fields;
  readonly spec: Fields;
  readonly containers: readonly Container[];
  /** The ports that its containers declare, by number and by name. */
  readonly ports: ReadonlyMap<unknown, PodPort>;
  readonly graceSeconds: number;
}

/** A port that containers declare. */
export interface PodPort {
  /** The port number, as the first container that declares the port writes it. */
  readonly number: number | undefined;
  readonly containers: readonly Container[];
}

/** Reads a pod template. */
export function readPod(template: unknown): Pod {
  const spec = fields(at(template, 'spec'));
  const containersIn = (list: 'containers' | 'initContainers') =>
    items(spec[list]).map(({ index, item }) => new Container(item, list, index));
  const containers = [
    ...containersIn('containers'),
    ...containersIn('initContainers').filter(({ spec: { restartPolicy } }) => restartPolicy === 'Always'),
  ];
  const metadata = fields(at(template, 'metadata'));
  return {
    metadata,
    labels: fields(metadata.labels),
    spec,
    containers,
    ports: portsIn(containers),
    graceSeconds: number(spec.terminationGracePeriodSeconds) ?? 30,
  };
}

type Ports = Map<unknown, { readonly number: number | undefined; readonly containers: Container[] }>;

/** Shared by the many pods that declare no ports. */
const NO_PORTS: Pod['ports'] = new Map();

function portsIn(containers: readonly Container[]): Pod['ports'] {
  if (containers.every(({ spec }) => items(spec.ports).length === 0)) {
    return NO_PORTS;
  }
  const ports: Ports = new Map();
  for (const container of containers) {
    for (const { item } of items(container.spec.ports)) {
      for (const key of [item.containerPort, item.name].filter((one) => one !== undefined)) {
        const port = ports.get(key) ?? { number: number(item.containerPort), containers: [] };
        if (port.containers[port.containers.length - 1] !== container) {
          port.containers.push(container);
        }
        ports.set(key, port);
      }
    }
  }
  return ports;
}

/** Whether a pod is meant to end by itself, like those of Jobs and tests. */
export function endsByItself({ spec }: Pod): boolean {
  return spec.restartPolicy === 'Never' || spec.restartPolicy === 'OnFailure';
}

/** Whether a pod takes ports of its node, so that a second one finds no place there. */
export function takesHostPorts({ spec, containers }: Pod): boolean {
  const hasHostPort = (container: Container) => items(container.spec.ports).some(({ item }) => item.hostPort);
  return spec.hostNetwork === true || containers.some(hasHostPort);
}
