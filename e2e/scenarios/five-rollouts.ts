import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** One rollout after the other, so that pods of three revisions are there at once. */
export const fiveRollouts: Scenario = {
  id: 'five-rollouts',
  name: 'five rollouts in a row',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    for (const version of [2, 1, 2, 1, 2] as const) {
      await world.rollOut(await quickMyapp(version), `version ${version}`);
    }
  },
};
