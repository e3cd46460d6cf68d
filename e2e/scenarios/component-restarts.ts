import type { Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import type { ScenarioWorld } from '../proof/scenario-world';
import { careful, myapp, quickMyapp } from './services';

/** kube-proxy restarts on every node in the middle of a rollout. */
export const kubeProxyRestart: Scenario = {
  id: 'kube-proxy-restart',
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

/** Kubelets restart in the middle of a rollout, one after the other, where no pod is starting. */
export const kubeletRestart: Scenario = {
  id: 'kubelet-restart',
  name: 'kubelets restart, 5 s apart, in the middle of a rollout',
  kind: 'ours',
  needs: ['restart-kubelet'],
  given: () => myapp(1),
  when: async (world) => {
    await world.apply(await myapp(2), 'version 2');
    const [starting] = await world.nodesOfStartingPods();
    const others = (await world.cluster.nodes()).filter((node) => node !== starting);
    await restartKubelets(world, others);
    await world.rolloutComplete('version 2');
  },
};

/** Before Kubernetes 1.35, a kubelet that restarts reports a starting pod as ready for a moment. */
export const kubeletRestartUnderStart: Scenario = {
  id: 'kubelet-restart-while-pod-starts',
  name: 'the kubelet restarts where a new pod is starting',
  kind: 'limit',
  needs: ['restart-kubelet'],
  given: () => myapp(1),
  when: async (world) => {
    await world.apply(await myapp(2), 'version 2');
    await restartKubelets(world, await world.nodesOfStartingPods());
    await world.rolloutComplete('version 2');
  },
};

/** It also reports ready pods as not ready until it has probed them again. */
export const allKubeletsRestart: Scenario = {
  id: 'all-kubelets-restart',
  name: 'all kubelets restart at once',
  kind: 'limit',
  needs: ['restart-kubelet'],
  given: () => quickMyapp(1),
  when: async (world) => {
    const nodes = await world.cluster.nodes();
    await world.step('restart all kubelets', () =>
      Promise.all(nodes.map((node) => world.cluster.restartKubelet(node))),
    );
    await world.hold('they are back', 10);
  },
};

/** API server and etcd are down for 30 s in the middle of a rollout. */
export const controlPlaneDown: Scenario = {
  id: 'api-server-and-etcd-down',
  name: 'API server and etcd down for 30 s in the middle of a rollout, drain of 100 s',
  kind: 'ours',
  needs: ['stop-api-server', 'stop-etcd'],
  given: () => careful(1),
  when: async (world) => outage(world, await careful(2)),
};

/** With the usual drain, old pods may end before every node knows that they are no endpoints any more. */
export const controlPlaneDownShortDrain: Scenario = {
  id: 'api-server-and-etcd-down-short-drain',
  name: 'API server and etcd down for 30 s in the middle of a rollout, drain of 15 s',
  kind: 'limit',
  needs: ['stop-api-server', 'stop-etcd'],
  given: () => quickMyapp(1),
  when: async (world) => outage(world, await quickMyapp(2)),
};

async function restartKubelets(world: ScenarioWorld, nodes: string[]): Promise<void> {
  for (const node of nodes) {
    await world.step(`restart the kubelet of ${node}`, () => world.cluster.restartKubelet(node));
    await world.hold(`${node} is back`, 5);
  }
}

async function outage(world: ScenarioWorld, next: Manifests): Promise<void> {
  const { cluster } = world;
  await world.apply(next, 'version 2');
  await world.firstPodLeaves();
  try {
    await cluster.stopApiServer();
    await cluster.stopEtcd();
    await world.hold('API server and etcd are down', 30);
  } finally {
    await cluster.startEtcd().finally(() => cluster.startApiServer());
  }
  await world.step('API server and etcd are back', () => world.rolloutComplete('version 2'));
}
