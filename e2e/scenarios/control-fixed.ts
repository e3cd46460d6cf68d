import type { Scenario } from '../proof/scenario';
import { article } from './services';

/** The article's fix: a readiness probe and a rolling update with maxUnavailable 0, maxSurge 1. */
export const controlFixed: Scenario = {
  id: 'control-fixed',
  name: "the article's fix: rollout 1 to 2",
  kind: 'control',
  podSecurity: 'privileged',
  given: () => article('fixed', 1, { replicas: 3 }),
  when: async (world) => world.rollOut(await article('fixed', 2, { replicas: 3 }), 'version 2'),
};
