import type { ContainerResources, Deployment, Volume } from 'cdk8s-plus-27';
import { Protocol } from 'cdk8s-plus-27';
import { wrongAmounts } from '../kubernetes/quantities';
import { Refusal } from '../refusals/refusal';
import { DRAIN_PROXY } from '../settings/drain-proxy';
import type { Settings } from '../settings/settings';
import type { Checked } from './checked';
import { longRunning } from './long-running';
import { repeated } from './repeated';

/**
 * Contradictions between the containers of the finished pod, also those that were added through cdk8s-plus.
 */
export function* containers({ deployment, settings }: Checked): Iterable<Refusal> {
  yield* sameNames(deployment);
  yield* samePorts(deployment, settings);
  yield* withoutRequests(deployment, settings);
  yield* amounts(deployment);
  yield* sameVolumeNames(deployment, settings);
}

function* sameNames(deployment: Deployment): Iterable<Refusal> {
  const names = [...deployment.containers, ...deployment.initContainers].map(({ name }) => name);
  for (const name of repeated(names)) {
    yield new Refusal(
      'container name',
      JSON.stringify(name),
      'two containers of the pod have this name, so the API server refuses the Deployment',
      'Give each a name of its own: deployment.addContainer() calls one without a name main',
    );
  }
}

function* samePorts(deployment: Deployment, settings: Settings): Iterable<Refusal> {
  const ports = longRunning(deployment, settings).flatMap(({ ports }) =>
    ports.map(({ number, protocol = Protocol.TCP }) => `${number} ${protocol}`),
  );
  for (const port of repeated(ports)) {
    yield new Refusal(
      'container port',
      port,
      'two containers of the pod listen on it, and all of them share one network, so one of them does not start',
      'Let each container listen on a port of its own',
    );
  }
}

function* withoutRequests(deployment: Deployment, { container }: Settings): Iterable<Refusal> {
  for (const { name, resources = {} } of deployment.containers) {
    const refusal = missingRequest(`container '${name}' resources`, resources);
    if (refusal && name !== container.name) {
      yield refusal;
    }
  }
}

/**
 * Refuses a container without requests of CPU and memory, as `deployment.addContainer()` may add one.
 */
function missingRequest(path: string, { cpu, memory }: ContainerResources): Refusal | undefined {
  const asked = { cpu: cpu?.request ?? cpu?.limit, memory: memory?.request ?? memory?.limit };
  const missing = Object.entries(asked).find(([, amount]) => amount === undefined)?.[0];
  return missing === undefined
    ? undefined
    : new Refusal(
        path,
        `no request of ${missing}`,
        `the scheduler would keep no room for the container, and a HorizontalPodAutoscaler by utilization of ${missing} does nothing as soon as one container asks for none`,
        'Write for example { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(64) } }',
      );
}

function* amounts(deployment: Deployment): Iterable<Refusal> {
  for (const { name, resources = {} } of [...deployment.containers, ...deployment.initContainers]) {
    yield* wrongAmounts(`container '${name}' resources`, resources);
  }
}

function* sameVolumeNames(deployment: Deployment, { drainProxy }: Settings): Iterable<Refusal> {
  const containers = [...deployment.containers, ...deployment.initContainers];
  const mounted = containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume));
  const volumes = [...new Set<Volume>([...mounted, ...deployment.volumes])];
  const names = [...volumes.map((volume) => volume.name), ...(drainProxy ? [DRAIN_PROXY] : [])];
  for (const name of repeated(names)) {
    yield new Refusal(
      'volume name',
      JSON.stringify(name),
      'two volumes of the pod have this name, and a mount could not tell them apart',
      "Give each a name of its own; a writable path of security makes one of its own, such as 'tmp' for /tmp",
    );
  }
}
