import type { Change } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** Ways in which applications go other than at once, as the one of the main scenarios does. */
const SHUTDOWNS: Record<string, Change> = {
  'finishes its requests': { env: { ON_SIGTERM: 'graceful' } },
  'ignores SIGTERM': { env: { ON_SIGTERM: 'ignore' } },
  'fails readiness on SIGTERM, then finishes its requests': {
    env: { ON_SIGTERM: 'unready' },
    readinessPath: '/readyz',
  },
};

/** A rollout of an application of each kind. */
export const shutdowns: Scenario[] = Object.entries(SHUTDOWNS).map(([behaviour, change]) => ({
  name: `rollout 1 to 2 of an application that ${behaviour}`,
  kind: 'ours',
  given: () => quickMyapp(1, change),
  when: async (world) => world.rollOut(await quickMyapp(2, change), 'version 2'),
}));
