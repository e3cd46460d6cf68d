import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** A release whose image does not exist, and the way out of it. */
export const badImage: Scenario = {
  id: 'bad-image',
  name: 'an image that does not exist',
  kind: 'ours',
  given: () => quickMyapp(1),
  when: async (world) => {
    await world.apply(await quickMyapp(2, { image: 'jahongirr/myapp:no-such-version' }), 'bad image');
    await world.hold('a new pod waits for its image', 30);
    await world.rollOut(await quickMyapp(1), 'version 1 again');
  },
};
