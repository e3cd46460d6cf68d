import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** The image stays, a setting changes. */
export const configChange: Scenario = {
  name: 'a changed setting',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => world.rollOut(await quickMyapp(1, { env: { FEATURE: 'on' } }), 'setting'),
};
