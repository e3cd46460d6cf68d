import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** A release that is ready for 5 s and then crashes, again and again, and the way out of it. */
export const crashAfterReady: Scenario = {
  name: 'a version that is ready for 5 s and crashes',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.apply(await quickMyapp(2, { image: 'jahongirr/myapp:crash' }), 'crashing version');
    await world.stays('it crashes again and again', 30);
    await world.rollOut(await quickMyapp(1), 'version 1 again');
  },
};
