import { Container, Deployment } from 'cdk8s-plus-27';
import { DRAIN_PROXY } from '../drain-proxy';
import { Settings } from '../settings';

/**
 * The containers that run as long as the pod does.
 */
export function longRunning(deployment: Deployment, { sidecars, drainProxy }: Settings): Container[] {
  const names = [...sidecars.map(({ asked }) => asked.name), ...(drainProxy ? [DRAIN_PROXY] : [])];
  return [...deployment.containers, ...deployment.initContainers.filter(({ name }) => names.includes(name))];
}
