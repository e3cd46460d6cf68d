import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** More pods and fewer again. */
export const scale: Scenario = {
  id: 'scale',
  name: 'scale 2 to 6 to 2',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.rollOut(await quickMyapp(1, { replicas: 6 }), '6 pods');
    await world.rollOut(await quickMyapp(1, { replicas: 2 }), '2 pods');
  },
};
