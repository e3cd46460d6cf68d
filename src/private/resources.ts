import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { Refusal } from './refusal';

/**
 * What a pod asks for when the user says nothing: enough for the scheduler to spread pods, little enough for
 * surge pods to find a place. There is no limit: a memory limit that nobody measured kills applications.
 */
export function smallRequests(): ContainerResources {
  return { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128) } };
}

/**
 * Refuses resources, if they are given, that do not ask for CPU and memory.
 */
export function checkRequests(prop: string, resources?: ContainerResources): void {
  const refusal = resources && missingRequest(prop, resources);
  if (refusal) {
    throw refusal;
  }
}

/**
 * Why a container that runs beside the application has to ask for CPU and memory, if it does not. A limit counts
 * as a request, as in Kubernetes.
 */
export function missingRequest(prop: string, { cpu, memory }: ContainerResources): Refusal | undefined {
  const asked = { cpu: cpu?.request ?? cpu?.limit, memory: memory?.request ?? memory?.limit };
  const missing = Object.entries(asked).find(([, amount]) => amount === undefined)?.[0];
  return missing === undefined
    ? undefined
    : new Refusal(
        prop,
        `no request of ${missing}`,
        `the scheduler would keep no room for the container, and a HorizontalPodAutoscaler by utilization of ${missing} does nothing as soon as one container asks for none`,
        'Write for example { cpu: { request: Cpu.millis(50) }, memory: { request: Size.mebibytes(64) } }',
      );
}
