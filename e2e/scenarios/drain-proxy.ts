import type { Scenario } from '../proof/scenario';
import { drainProxy } from './services';

/** How an application behind a drain proxy goes: it makes no difference to its clients. */
const APPLICATIONS = {
  'exits at once': 'abrupt',
  'finishes its requests': 'graceful',
  'ignores SIGTERM': 'ignore',
};

/** A rollout, the drain of a node and the deletion of each pod; requests on kept-alive connections count, too. */
export const drainProxies: Scenario[] = Object.entries(APPLICATIONS).map(([behaviour, mode]) => {
  const change = { replicas: 3, env: { ON_SIGTERM: mode } };
  return {
    name: `drain proxy: rollout, node drain and deletions, the application ${behaviour}`,
    kind: 'ours',
    countsKeptAlive: true,
    load: { connections: 100 },
    given: () => drainProxy(1, change),
    when: async (world) => {
      await world.rollOut(await drainProxy(2, change), 'version 2');
      const [node] = await world.nodes();
      await world.drain(node);
      await world.deletePods();
    },
  };
});
