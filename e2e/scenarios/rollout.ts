import type { Scenario } from '../proof/scenario';
import { myapp } from './services';

/** A rollout and a rollback of an application that starts in 20 s. */
export const rollout: Scenario = {
  id: 'rollout',
  name: 'rollout 1 to 2 and back',
  kind: 'ours',
  given: () => myapp(1),
  when: async (world) => {
    await world.rollOut(await myapp(2), 'version 2');
    await world.rollOut(await myapp(1), 'version 1');
  },
};
