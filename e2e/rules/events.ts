import { copyImage } from '../cluster/images';
import { DRAINED_LABEL } from '../proof/clean-up';
import { evict } from '../proof/evict';
import { lastLine, LIMITS, Stuck, type Site } from './site';
import type { Event } from './trial';

/** The new manifests are applied. */
export const applyNext: Event = async (site) => {
  await site.apply(site.next);
  await site.complete();
};

/** The new manifests are applied, and the pods are rolled back to what they were. */
export const applyNextAndUndo: Event = async (site) => {
  await applyNext(site);
  await undo(site);
};

/** The new manifests are applied, and before that has come to its end, a pod is made again; then it is undone. */
export const applyNextAndReplacePod: Event = async (site) => {
  const ready = (await site.pods()).length;
  await site.apply(site.next);
  const [{ metadata }] = await site.pods('--sort-by=.metadata.creationTimestamp');
  await site.kubectl('delete', 'pod', metadata.name);
  await site.ready(ready);
  await undo(site);
};

/** As {@link applyNextAndReplacePod}, where the image of the new manifests is a bad one. */
export const applyBadImageAndReplacePod: Event = async (site) => {
  const [image] = site.nextImages();
  await copyImage('shop/search:bad', image);
  try {
    await applyNextAndReplacePod(site);
  } finally {
    await copyImage('shop/search:good', image);
  }
};

/** The new manifests are applied, and all pods are evicted. */
export const applyNextAndEvictAll: Event = async (site) => {
  await applyNext(site);
  await evictAll(site);
};

/** The new manifests are applied, and the autoscaler has the time to look at them twice. */
export const applyNextAndWait: Event = async (site) => {
  await applyNext(site);
  await site.stays(40);
  await site.podsGone();
};

/** Every pod is replaced, as by a new image. */
export const rollOut: Event = async (site) => {
  for (const workload of site.workloads()) {
    await site.kubectl('rollout', 'restart', workload);
  }
  await site.complete();
};

/** The new manifests are applied, and every pod is replaced. */
export const applyNextAndRollOut: Event = async (site) => {
  await applyNext(site);
  await rollOut(site);
};

/** The node of the first pod is drained, and taken back when the pods serve again. */
export const drainNode: Event = async (site) => {
  const [{ spec }] = await site.pods();
  await site.cluster.kubectl(['label', 'node', spec.nodeName, `${DRAINED_LABEL}=`]);
  try {
    const options = ['--ignore-daemonsets', '--delete-emptydir-data', '--force'];
    // Only the site's own pods: those of the cluster stay.
    const own = '--pod-selector=app';
    const limit = `--timeout=${LIMITS.rollout}s`;
    await site.kubectl('drain', spec.nodeName, ...options, own, limit).catch((error: Error) => {
      throw new Stuck(`drain: ${lastLine(error)}`);
    });
    await site.complete();
  } finally {
    await site.cluster.kubectl(['uncordon', spec.nodeName]);
    await site.cluster.kubectl(['label', 'node', spec.nodeName, `${DRAINED_LABEL}-`]);
  }
};

/** Pods are asked to go at once by the eviction API, as drains of their nodes do; who is refused is asked again. */
const evictPods =
  (...options: readonly string[]): Event =>
  async (site) => {
    const pods = await site.pods(...options);
    const all = pods.map(({ metadata }) =>
      evict(site.cluster, site.namespace, metadata.name, LIMITS.rollout),
    );
    await Promise.all(all).catch((error: Error) => {
      throw new Stuck(error.message.split('\n')[0]);
    });
    await site.complete();
  };

export const evictAll = evictPods();

/** The pods of the application `web` alone are asked, as where others stand on other nodes. */
export const evictWeb = evictPods('--selector=app=web');

/** The autoscaler has added pods, as it does under load. */
export const scaledUp: Event = async (site) => {
  const more = JSON.stringify({ spec: { minReplicas: 6 } });
  await site.kubectl('patch', 'horizontalpodautoscaler', 'web', '--patch', more);
  await site.ready(6);
};

/** The Jobs of the release before are gone, as a tool of deployment has them go. */
export const jobsGone: Event = async (site) => {
  await site.kubectl('delete', 'jobs', '--all', '--cascade=foreground');
};

/** The autoscaler knows how much the pods use. */
export const measured: Event = async (site) => {
  const active = '--for=condition=ScalingActive';
  await site.kubectl('wait', active, 'horizontalpodautoscaler/web', `--timeout=${LIMITS.rollout}s`);
};

async function undo(site: Site): Promise<void> {
  for (const workload of site.workloads()) {
    await site.kubectl('rollout', 'undo', workload).catch((error: Error) => {
      throw new Stuck(`undo of ${workload}: ${lastLine(error)}`);
    });
  }
  await site.complete();
}
