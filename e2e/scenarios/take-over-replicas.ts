import { waitFor } from '../cluster/wait';
import type { Scenario } from '../proof/scenario';
import type { ScenarioWorld } from '../proof/scenario-world';
import { autoscaled } from './services';

/** As many as run before. */
const PODS = 4;
/** The autoscaler looks every 15 s. */
const LOOK_SECONDS = 45;
/** 60 slow requests are in flight at any time: 4 pods that can take 40 each can serve them, a single pod cannot. */
const BUSY = { load: { slowRate: 20 } };
const CAPACITY = { env: { SLOW_CAPACITY: '40' } };

const given = () => autoscaled('fixed', CAPACITY);
const takeOver = () => autoscaled('autoscaled-v1', CAPACITY);

/** The number of pods is just removed from the manifest. */
export const controlTakeOver: Scenario = {
  id: 'control-take-over-replicas',
  name: 'an autoscaler takes over 4 fixed pods, replicas just removed',
  kind: 'control',
  ...BUSY,
  given,
  when: async (world) => {
    await world.rollOut(await takeOver(), 'autoscaler');
    await waitFor(`${PODS} pods again`, 2 * LOOK_SECONDS, async () => (await world.replicas()) >= PODS);
    await world.rolloutComplete('autoscaler');
  },
};

/** The steps of docs/guide/autoscaling.md for kubectl apply, and for Argo CD by default. */
export const takeOverClientSide: Scenario = {
  id: 'take-over-replicas-client-side',
  name: 'an autoscaler takes over 4 fixed pods',
  kind: 'ours',
  ...BUSY,
  given,
  when: async (world) => {
    await world.step('the last applied configuration forgets replicas', async () => {
      const applied = JSON.parse(
        await world.kubectl('apply', 'view-last-applied', deployment(world), '--output=json'),
      );
      delete applied.spec.replicas;
      await world.kubectlWith(JSON.stringify(applied), 'apply', 'set-last-applied', '--filename=-');
    });
    await world.rollOut(await takeOver(), 'autoscaler');
    await expectPodsStay(world);
  },
};

/** The steps for server-side apply: kubectl apply --server-side, Flux, Argo CD with ServerSideApply. */
export const takeOverServerSide: Scenario = {
  id: 'take-over-replicas-server-side',
  name: 'an autoscaler takes over 4 fixed pods that were applied on the server',
  kind: 'ours',
  ...BUSY,
  given,
  when: async (world) => {
    await world.apply(await given(), 'applied on the server', '--server-side');
    await world.step('another manager holds replicas', async () => {
      const onlyReplicas = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: world.service },
        spec: { replicas: await world.replicas() },
      };
      const manager = ['--server-side', '--field-manager=handover-to-hpa', '--validate=false'];
      await world.kubectlWith(JSON.stringify(onlyReplicas), 'apply', ...manager, '--filename=-');
    });
    await world.apply(await takeOver(), 'autoscaler', '--server-side');
    await world.rolloutComplete('autoscaler');
    await expectPodsStay(world);
  },
};

/** Waits until the autoscaler has decided, and checks that no pod was removed. */
async function expectPodsStay(world: ScenarioWorld): Promise<void> {
  await expectNotFewer(world);
  await world.hold('the autoscaler looks on', LOOK_SECONDS);
  await expectNotFewer(world);
  const condition = '--for=condition=ScalingActive';
  await world.kubectl(
    'wait',
    `horizontalpodautoscaler/${world.service}`,
    condition,
    `--timeout=${LOOK_SECONDS}s`,
  );
}

async function expectNotFewer(world: ScenarioWorld): Promise<void> {
  const now = await world.replicas();
  if (now < PODS) {
    throw new Error(`only ${now} of ${PODS} pods are left`);
  }
}

function deployment({ service }: ScenarioWorld): string {
  return `deployment/${service}`;
}
