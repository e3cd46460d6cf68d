import type { Manifests } from '../manifests/manifests';
import type { Scenario } from '../proof/scenario';
import type { ScenarioWorld } from '../proof/scenario-world';
import { careful, quickMyapp } from './services';

/** A release that is ready for 5 s and then crashes, again and again, and the way out of it. */
export const crashAfterReady: Scenario = {
  id: 'crash-after-ready',
  name: 'a version that is ready for 5 s and crashes',
  kind: 'ours',
  given: () => careful(1),
  when: async (world) => crashAndGoBack(world, await careful(2, CRASHING), await careful(1)),
};

/** Without an initial delay of readiness it gets traffic before it crashes. */
export const controlCrashAfterReady: Scenario = {
  id: 'control-crash-after-ready',
  name: 'a version that is ready for 5 s and crashes, readiness without initialDelay',
  kind: 'control',
  // At the full rate thousands of connections would hang until they time out, which is too much for two cores.
  load: { rate: 200 },
  given: () => quickMyapp(1),
  when: async (world) => crashAndGoBack(world, await quickMyapp(2, CRASHING), await quickMyapp(1)),
};

const CRASHING = { image: 'jahongirr/myapp:crash' };

async function crashAndGoBack(world: ScenarioWorld, bad: Manifests, good: Manifests): Promise<void> {
  await world.apply(bad, 'crashing version');
  await world.hold('it crashes again and again', 60);
  await world.rollOut(good, 'version 1 again');
}
