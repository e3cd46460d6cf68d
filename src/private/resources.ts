import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';

/**
 * What a pod asks for when the user says nothing: enough for the scheduler to spread pods, little enough for
 * surge pods to find a place. There is no limit: a memory limit that nobody measured kills applications.
 */
export function smallRequests(): ContainerResources {
  return { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128) } };
}
