import { DRAINED_LABEL } from '../proof/clean-up';
import { evict } from '../proof/evict';
import { LIMITS, Stuck, type Site } from './site';
import type { Event } from './trial';

/** The new manifests are applied. */
export const applyNext: Event = async (site) => {
  await site.apply(site.next);
  await site.complete();
};

/** The new manifests are applied, and the pods are rolled back to what they were. */
export const applyNextAndUndo: Event = async (site) => {
  await applyNext(site);
  for (const workload of site.workloads()) await site.kubectl('rollout', 'undo', workload);
  await site.complete();
};

/** Every pod is replaced, as by a new image. */
export const rollOut: Event = async (site) => {
  for (const workload of site.workloads()) await site.kubectl('rollout', 'restart', workload);
  await site.complete();
};

/** The node of the first pod is drained, and takes pods again. */
export const drainNode: Event = async (site) => {
  const [pod] = await site.pods();
  await drain(site, [pod.spec.nodeName]);
};

/** All nodes with pods are drained at once. */
export const drainNodes: Event = async (site) => {
  const pods = await site.pods();
  await drain(site, [...new Set(pods.map(({ spec }) => spec.nodeName as string))]);
};

/** All pods are asked to go at once by the eviction API, as drains of their nodes do; who is refused is asked again. */
export const evictAll: Event = async (site) => {
  const pods = await site.pods();
  const all = pods.map(({ metadata }) => evict(site.cluster, site.namespace, metadata.name, LIMITS.rollout));
  await Promise.all(all).catch((error: Error) => {
    throw new Stuck(error.message.split('\n')[0]);
  });
  await site.complete();
};

/** Nothing is done: the manifests serve, or do not. */
export const nothing: Event = (site) => site.stays(10);

async function drain(site: Site, nodes: readonly string[]): Promise<void> {
  await site.cluster.kubectl(['label', 'node', ...nodes, `${DRAINED_LABEL}=`]);
  try {
    const options = [
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      '--force',
      `--timeout=${LIMITS.rollout}s`,
    ];
    // Only the site's own pods: those of the cluster stay.
    const own = '--pod-selector=app';
    await site.kubectl('drain', ...nodes, ...options, own).catch(() => {
      throw new Stuck(`the drain was not over after ${LIMITS.rollout} s`);
    });
  } finally {
    await site.cluster.kubectl(['uncordon', ...nodes]);
    await site.cluster.kubectl(['label', 'node', ...nodes, `${DRAINED_LABEL}-`]);
  }
  await site.complete();
}
