import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** The node of one pod is drained, as for its maintenance. */
export const nodeDrain: Scenario = {
  id: 'node-drain',
  name: 'drain of a node',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    const [node] = await world.nodes();
    await world.drain(node);
  },
};

/** All nodes are drained one after the other, as for an upgrade of the cluster. */
export const allNodesDrain: Scenario = {
  id: 'all-nodes-drain',
  name: 'drain of all nodes, one after the other',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    for (const node of await world.cluster.nodes()) {
      await world.drain(node);
    }
  },
};
