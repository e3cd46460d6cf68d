import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** A release is taken back with kubectl. */
export const undo: Scenario = {
  id: 'undo',
  name: 'kubectl rollout undo',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.rollOut(await quickMyapp(2), 'version 2');
    await world.step('undo', () => world.kubectl('rollout', 'undo', `deployment/${world.service}`));
    await world.rolloutComplete('undo');
  },
};
