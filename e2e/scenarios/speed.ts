import type { Scenario } from '../proof/scenario';
import { article, myapp } from './services';

const PODS = { replicas: 6 };
const START_SECONDS = 20;

/** How long a rollout of six pods of our construct takes. */
export const speed: Scenario = {
  id: 'speed',
  name: 'speed: rollout of 6 pods that start in 20 s',
  kind: 'ours',
  given: () => myapp(1, PODS),
  when: async (world) => world.rollOutTimed(await myapp(2, PODS), 'version 2', START_SECONDS),
};

/** The same with the article's fix. */
export const controlSpeed: Scenario = {
  id: 'control-speed',
  name: "speed of the article's fix: rollout of 6 pods that start in 20 s",
  kind: 'control',
  podSecurity: 'privileged',
  given: () => article('fixed', 1, PODS),
  when: async (world) => world.rollOutTimed(await article('fixed', 2, PODS), 'version 2', START_SECONDS),
};
