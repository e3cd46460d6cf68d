import type { Container, Deployment } from 'cdk8s-plus-27';
import { DRAIN_PROXY } from '../settings/drain-proxy';
import type { Settings } from '../settings/settings';

/**
 * The containers that run as long as the pod does.
 */
export function longRunning(deployment: Deployment, { sidecars, drainProxy }: Settings): Container[] {
  const names = [...sidecars.map(({ name }) => name), ...(drainProxy ? [DRAIN_PROXY] : [])];
  return [...deployment.containers, ...deployment.initContainers.filter(({ name }) => names.includes(name))];
}
