import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { E2E, runPath } from '../paths';
import type { ProcessSpec } from '../process';
import type { ControlContext } from './context';

/** The controller of Services of type LoadBalancer, from `e2e/loadbalancer`. */
export function loadBalancer({ machine }: ControlContext): ProcessSpec {
  const folder = runPath('load-balancer');
  return {
    machine,
    command: [process.execPath, '--import', import.meta.resolve('tsx'), join(E2E, 'loadbalancer', 'main.ts')],
    env: { KUBECONFIG: runPath('pki', 'load-balancer.kubeconfig') },
    ready: async () => existsSync(join(folder, 'ready')),
    hint: 'see the log; it needs the API server and haproxy',
  };
}
