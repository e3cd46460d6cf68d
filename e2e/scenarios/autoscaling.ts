import { waitFor } from '../cluster/wait';
import type { Scenario } from '../proof/scenario';
import type { ScenarioWorld } from '../proof/scenario-world';
import { SCENARIO_TIMEOUTS } from '../timeouts';
import { autoscaled } from './services';

const FEWEST_PODS = 2;
/** Few pods with a small request, so that the load of the proof makes the autoscaler add some. */
const BUSY = { minReplicas: FEWEST_PODS, cpuRequest: '50m' };

/** The load makes the service grow. A release in the middle must not make it shrink. */
export const autoscaling: Scenario = {
  id: 'autoscaling',
  name: 'autoscaler grows under load, with a rollout in the middle',
  kind: 'ours',
  given: () => autoscaled('autoscaled-v1', BUSY),
  when: async (world) => {
    await waitFor(`more than ${FEWEST_PODS} pods`, SCENARIO_TIMEOUTS.autoscalerGrows, async () => {
      return (await world.replicas()) > FEWEST_PODS;
    });
    const before = await world.replicas();
    await world.rollOut(await autoscaled('autoscaled-v2', BUSY), 'version 2');
    await expectNeverFewer(world, before);
  },
};

/** Watches the number of pods until the autoscaler has noticed the end of the rollout. */
async function expectNeverFewer(world: ScenarioWorld, before: number): Promise<void> {
  for (let i = 0; i < 6; i++) {
    await world.hold('the autoscaler looks on', 10);
    const now = await world.replicas();
    if (now < before) {
      throw new Error(`the autoscaler went from ${before} pods to ${now} because of a rollout`);
    }
  }
}
