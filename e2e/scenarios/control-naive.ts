import type { Scenario } from '../proof/scenario';
import { article } from './services';

/** The article's first Deployment: no readiness probe. */
export const controlNaive: Scenario = {
  id: 'control-naive',
  name: "the article's naive manifest: rollout 1 to 2",
  kind: 'control',
  podSecurity: 'privileged',
  given: () => article('naive', 1),
  when: async (world) => {
    await world.rollOut(await article('naive', 2), 'version 2');
    await world.hold('the new pod starts', 25);
  },
};
