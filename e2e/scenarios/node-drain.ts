import { DRAINED_LABEL } from '../proof/clean-up';
import type { Scenario } from '../proof/scenario';
import type { World } from '../proof/world';
import { quickMyapp } from './services';

/** The node of one pod is drained, as for its maintenance. */
export const nodeDrain: Scenario = {
  name: 'drain of a node',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    const [node] = await world.nodes();
    await drain(world, node);
  },
};

/** All nodes are drained one after the other, as for an upgrade of the cluster. */
export const allNodesDrain: Scenario = {
  name: 'drain of all nodes, one after the other',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    for (const node of await world.cluster.nodes()) {
      await drain(world, node);
    }
  },
};

async function drain(world: World, node: string): Promise<void> {
  const own = `--pod-selector=app=myapp`;
  await world.kubectl('label', 'node', node, `${DRAINED_LABEL}=`);
  await world.step(`drain ${node}`, () =>
    world.kubectl('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', own, '--timeout=180s'),
  );
  await world.kubectl('uncordon', node);
  await world.kubectl('label', 'node', node, `${DRAINED_LABEL}-`);
  await world.rolloutComplete(`drain ${node}`);
}
