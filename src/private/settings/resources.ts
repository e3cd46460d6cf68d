import { Size } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-27';
import { Cpu } from 'cdk8s-plus-27';
import type { Amounts } from '../kubernetes/quantities';

/**
 * Default requests of a container: enough for the scheduler to spread pods, little enough for surge pods to
 * find a place. There is no limit: a memory limit that nobody measured kills applications.
 */
const SMALL = { cpu: Cpu.millis(100), memory: Size.mebibytes(128) };

/**
 * The resources with small requests of CPU and memory where none are asked for. A limit counts as a request, as in
 * Kubernetes.
 */
export function withRequests(
  { cpu, memory, ephemeralStorage }: ContainerResources = {},
  small = SMALL,
): ContainerResources {
  return {
    cpu: withRequest(cpu, small.cpu),
    memory: withRequest(memory, small.memory),
    ephemeralStorage,
  };
}

function withRequest<T>({ request, limit }: Amounts<T> = {}, small: T): Amounts<T> {
  return { request: request ?? (limit === undefined ? small : undefined), limit };
}
