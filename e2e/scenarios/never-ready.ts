import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** A release that never becomes ready, and the way out of it. */
export const neverReady: Scenario = {
  id: 'never-ready',
  name: 'a version that never becomes ready',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.apply(await quickMyapp(2, { image: 'jahongirr/myapp:never-ready' }), 'never ready');
    await world.hold('a new pod is not ready', 30);
    await world.rollOut(await quickMyapp(1), 'version 1 again');
  },
};
