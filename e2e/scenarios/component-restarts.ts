import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** kube-proxy restarts on every node in the middle of a rollout. */
export const kubeProxyRestart: Scenario = {
  name: 'kube-proxy restarts in the middle of a rollout',
  kind: 'ours',
  needs: ['restart-kube-proxy'],
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.apply(await quickMyapp(2), 'version 2');
    for (const node of await world.cluster.nodes()) {
      await world.step(`restart kube-proxy of ${node}`, () => world.cluster.restartKubeProxy(node));
    }
    await world.rolloutComplete('version 2');
  },
};

/** The kubelet restarts on every node in the middle of a rollout. */
export const kubeletRestart: Scenario = {
  name: 'the kubelet restarts in the middle of a rollout',
  kind: 'ours',
  needs: ['restart-kubelet'],
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.apply(await quickMyapp(2), 'version 2');
    for (const node of await world.cluster.nodes()) {
      await world.step(`restart the kubelet of ${node}`, () => world.cluster.restartKubelet(node));
    }
    await world.rolloutComplete('version 2');
  },
};

/** API server and etcd are down for 30 s in the middle of a rollout. */
export const controlPlaneDown: Scenario = {
  name: 'API server and etcd down for 30 s in the middle of a rollout',
  kind: 'ours',
  needs: ['stop-api-server', 'stop-etcd'],
  given: () => quickMyapp(1),
  when: async (world) => {
    const { cluster } = world;
    await world.apply(await quickMyapp(2), 'version 2');
    await cluster.stopApiServer();
    await cluster.stopEtcd();
    await world.stays('API server and etcd are down', 30);
    await world.step('API server and etcd start', async () => {
      await cluster.startEtcd();
      await cluster.startApiServer();
    });
    await world.rolloutComplete('version 2');
  },
};
