import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { runPath } from '../cluster/paths';
import {
  BALANCER,
  BALANCER_ADDRESSES,
  CLIENT,
  DOCUMENTATION_POOLS,
  PROXIED_POOL,
  ROUTED_POOL,
} from '../cluster/topology';
import { Controller } from './controller';

const folder = runPath('load-balancer');
const readyFile = join(folder, 'ready');
mkdirSync(folder, { recursive: true });
rmSync(readyFile, { force: true });

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
const controller = new Controller(kubeConfig, {
  clientNamespace: CLIENT.namespace,
  balancerNamespace: BALANCER.namespace,
  routedPool: ROUTED_POOL,
  requestablePools: DOCUMENTATION_POOLS,
  proxiedPool: PROXIED_POOL,
  balancerAddresses: BALANCER_ADDRESSES,
  folder,
});
await controller.run(() => writeFileSync(readyFile, ''));
