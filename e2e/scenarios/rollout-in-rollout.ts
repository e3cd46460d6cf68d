import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

const PODS = { replicas: 4 };

/** A second release while the first one is half done. */
export const rolloutInRollout: Scenario = {
  id: 'rollout-in-rollout',
  name: 'a second rollout in the middle of the first, 4 pods',
  kind: 'ours',
  given: () => quickMyapp(1, PODS),
  when: async (world) => {
    await world.apply(await quickMyapp(2, PODS), 'version 2');
    await world.podsUpdated(2);
    await world.rollOut(await quickMyapp(2, { ...PODS, podAnnotations: { release: '3' } }), 'release 3');
  },
};
