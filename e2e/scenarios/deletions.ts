import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** Every pod is deleted, one after the other. */
export const deletions: Scenario = {
  id: 'deletions',
  name: 'deletion of each of 3 pods, one by one',
  kind: 'ours',
  given: () => quickMyapp(1, { replicas: 3 }),
  when: (world) => world.deletePods(),
};
