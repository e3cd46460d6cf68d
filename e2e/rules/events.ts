import { setTimeout as sleep } from 'node:timers/promises';
import { copyImage } from '../cluster/images';
import { lastLine, Stuck } from './harm';
import { workloads } from './objects';
import type { Event } from './trial';
import type { TrialWorld } from './trial-world';

/** Seconds in which the autoscaler, which looks every 15 s, looks at least twice. */
const AUTOSCALER_SECONDS = 40;

/** The new manifests are applied. */
export const applyNext: Event = async (world) => {
  await world.apply(world.next);
  await world.complete();
};

/** The new manifests and the old ones are applied by turns, ten times each, to see what fails for a moment only. */
export const applyToAndFro: Event = async (world) => {
  const old = world.objects;
  for (let turn = 0; turn < 10; turn++) {
    await applyNext(world);
    await world.apply(old);
    await world.complete();
  }
  await applyNext(world);
};

/** The new manifests are applied, and the pods are rolled back to what they were. */
export const applyNextAndUndo: Event = async (world) => {
  await applyNext(world);
  await undo(world);
};

/** The new manifests are applied, an old pod is replaced during the rollout, and then the rollout is undone. */
export const applyNextAndReplacePod: Event = async (world) => {
  const ready = (await world.pods()).length;
  await world.apply(world.next);
  const [{ metadata }] = await world.pods('--sort-by=.metadata.creationTimestamp');
  await world.kubectl('delete', 'pod', metadata.name);
  await world.podsReady(ready);
  await undo(world);
};

/** As {@link applyNextAndReplacePod}, where the image of the new manifests is a bad one. */
export const applyBadImageAndReplacePod: Event = async (world) => {
  const image = firstImage(world);
  await copyImage('shop/search:bad', image);
  try {
    await applyNextAndReplacePod(world);
  } finally {
    await copyImage('shop/search:good', image);
  }
};

/** The new manifests are applied, and all pods are evicted. */
export const applyNextAndEvictAll: Event = async (world) => {
  await applyNext(world);
  await evictAll(world);
};

/** The new manifests are applied, and the autoscaler looks at them twice. */
export const applyNextAndWait: Event = async (world) => {
  await applyNext(world);
  await sleep(AUTOSCALER_SECONDS * 1000);
  await world.podsGone();
};

/** Every pod is replaced, as by a new image. */
export const rollOut: Event = async (world) => {
  for (const workload of world.workloads()) {
    await world.kubectl('rollout', 'restart', workload);
  }
  await world.complete();
};

/** The new manifests are applied, and every pod is replaced. */
export const applyNextAndRollOut: Event = async (world) => {
  await applyNext(world);
  await rollOut(world);
};

/** The node of the first pod is drained, and taken back when the pods serve again. */
export const drainNode: Event = async (world) => {
  const [node] = await world.nodes();
  await world.labelDrained(node);
  try {
    // The namespace's own pods all have this label; a bare pod is only drained with --force.
    await world.drainPods(node, 'app', '--force').catch((error: Error) => {
      throw new Stuck(`drain: ${lastLine(error)}`);
    });
    await world.complete();
  } finally {
    await world.bringBack(node);
  }
};

/** Pods are evicted at once, as by drains of their nodes; an eviction that is refused is asked for again. */
const evictPods =
  (...options: readonly string[]): Event =>
  async (world) => {
    const pods = await world.pods(...options);
    await Promise.all(pods.map(({ metadata }) => world.evict(metadata.name))).catch((error: Error) => {
      throw new Stuck(error.message.split('\n')[0]);
    });
    await world.complete();
  };

export const evictAll = evictPods();

/** Only the pods of the application `web` are evicted, as if the others were on other nodes. */
export const evictWeb = evictPods('--selector=app=web');

/** The autoscaler has added pods, as it does under load. */
export const scaledUp: Event = async (world) => {
  const more = JSON.stringify({ spec: { minReplicas: 6 } });
  await world.kubectl('patch', 'horizontalpodautoscaler', 'web', '--patch', more);
  await world.podsReady(6);
};

/** The Jobs of the previous release are deleted, as a deployment tool does. */
export const jobsGone: Event = async (world) => {
  await world.kubectl('delete', 'jobs', '--all', '--cascade=foreground');
};

/** Waits until the autoscaler knows how much the pods use. */
export const measured: Event = async (world) => {
  const active = '--for=condition=ScalingActive';
  await world.kubectl('wait', active, 'horizontalpodautoscaler/web', `--timeout=${world.timeouts.rollout}s`);
};

async function undo(world: TrialWorld): Promise<void> {
  for (const workload of world.workloads()) {
    await world.kubectl('rollout', 'undo', workload).catch((error: Error) => {
      throw new Stuck(`undo of ${workload}: ${lastLine(error)}`);
    });
  }
  await world.complete();
}

/** The image of the new manifests, without its registry. */
function firstImage({ next }: TrialWorld): string {
  const [{ spec }] = workloads(next);
  return spec.template.spec.containers[0].image.replace(/^[^/]*\//, '');
}
