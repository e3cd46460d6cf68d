import type { Change } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import { quickMyapp } from './services';

/** How applications react to SIGTERM; in the other scenarios the application exits at once. */
const SHUTDOWNS: { id: string; behaviour: string; change: Change }[] = [
  {
    id: 'shutdown-graceful',
    behaviour: 'finishes its requests',
    change: { env: { ON_SIGTERM: 'graceful' } },
  },
  {
    id: 'shutdown-ignore',
    behaviour: 'ignores SIGTERM',
    change: { env: { ON_SIGTERM: 'ignore' } },
  },
  {
    id: 'shutdown-unready',
    behaviour: 'fails readiness on SIGTERM, then finishes its requests',
    change: { env: { ON_SIGTERM: 'unready' }, readinessPath: '/readyz' },
  },
];

/** A rollout of each of these applications. */
export const shutdowns: Scenario[] = SHUTDOWNS.map(({ id, behaviour, change }) => ({
  id,
  name: `rollout 1 to 2 of an application that ${behaviour}`,
  kind: 'ours',
  given: () => quickMyapp(1, change),
  when: async (world) => world.rollOut(await quickMyapp(2, change), 'version 2'),
}));
