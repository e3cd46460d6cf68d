import { at, fields, items, number, text, type Fields, type Path } from '../read/fields.js';

/** A container that runs as long as its pod: of the application, or a native sidecar. */
export interface Container {
  readonly name: string;
  /** Its place in the pod's spec. */
  readonly path: Path;
  readonly spec: Fields;
}

/** A pod as its template describes it. */
export interface Pod {
  readonly labels: Fields;
  readonly spec: Fields;
  readonly containers: readonly Container[];
  readonly graceSeconds: number;
}

/** Reads a pod template. */
export function readPod(template: unknown): Pod {
  const spec = fields(at(template, 'spec'));
  const containersIn = (list: string) =>
    items(spec[list]).map(({ index, item }) => ({
      name: text(item.name) ?? `${list}[${index}]`,
      path: [list, index] as Path,
      spec: item,
    }));
  return {
    labels: fields(at(template, 'metadata', 'labels')),
    spec,
    containers: [
      ...containersIn('containers'),
      ...containersIn('initContainers').filter(({ spec: { restartPolicy } }) => restartPolicy === 'Always'),
    ],
    graceSeconds: number(spec.terminationGracePeriodSeconds) ?? 30,
  };
}

/** The ports that a pod's containers declare. */
export function portsOf({ containers }: Pod): readonly Fields[] {
  return containers.flatMap(({ spec }) => items(spec.ports).map(({ item }) => item));
}

/** Whether a pod is meant to come to an end, as those of Jobs and tests are. */
export function endsByItself({ spec }: Pod): boolean {
  return spec.restartPolicy === 'Never' || spec.restartPolicy === 'OnFailure';
}

/** Whether a pod takes ports of its node, so that a second one finds no place there. */
export function takesHostPorts(pod: Pod): boolean {
  return pod.spec.hostNetwork === true || portsOf(pod).some(({ hostPort }) => hostPort);
}

/** The number of the port that a Service's targetPort means in a pod; none if no container has one of that name. */
export function resolvePort(pod: Pod, targetPort: unknown): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return number(portsOf(pod).find(({ name }) => name === targetPort)?.containerPort);
}

/** How long a preStop hook waits for certain: its own sleep, or one in a command; none if that cannot be told. */
export function preStopSeconds(container: Fields): number | undefined {
  const hook = at(container, 'lifecycle', 'preStop');
  const sleep = number(at(hook, 'sleep', 'seconds'));
  if (sleep !== undefined) return sleep;
  const command = at(hook, 'exec', 'command');
  if (!Array.isArray(command)) return undefined;
  const [, seconds] = /(?:^|[\s;&/])sleep\s+(\d+)s?(?=$|[\s;&])/.exec(command.join(' ')) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
