import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** Every pod is evicted, as fast as the PodDisruptionBudget allows. */
export const evictions: Scenario = {
  id: 'evictions',
  name: 'eviction of each of 3 pods',
  kind: 'ours',
  given: () => quickMyapp(1, { replicas: 3 }),
  when: async (world) => {
    for (const { metadata } of await world.pods()) {
      await world.step(`evict ${metadata.name}`, () => world.evict(metadata.name));
    }
    await world.rolloutComplete('evictions');
  },
};
