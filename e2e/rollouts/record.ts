import { currentCommit } from '../../figures/commit';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../cluster/wait';
import { Manifests } from '../manifests/manifests';
import { cleanUp } from '../proof/clean-up';
import { listeningSince } from '../proof/speed';
import { World } from '../proof/world';
import { SCENARIO_TIMEOUTS } from '../timeouts';
import { deploymentWith, NAME, type RECORDED } from './deployments';
import { median, PodLog, type RecordedPod } from './pod-log';
import { Watches } from './watches';

/** A rollout as it happened on the cluster. */
export interface Recording {
  readonly name: string;
  readonly recordedAt: string;
  /** Commit of the recorder. */
  readonly commit: string;
  readonly kubernetes: string;
  /** The Deployment that was rolled out; before it, it ran another image. */
  readonly deployment: object;
  /** From the creation of a pod to the start of its container, in ms: the median of the pods that ran before the change. */
  readonly podStartMs: number;
  /** From the start of its container until it listened, in ms, as the Deployment sets it. */
  readonly startupMs: number;
  /** From the change until the Deployment said that the rollout is complete, in ms. */
  readonly completeMs: number;
  readonly pods: readonly RecordedPod[];
}

/** Rolls out one Deployment in a namespace of its own, and records its pods. */
export async function record(
  name: string,
  settings: (typeof RECORDED)[string],
  cluster: Cluster,
): Promise<Recording> {
  const commit = currentCommit();
  const namespace = `rollout-${name}`;
  const world = new World(cluster, namespace, SCENARIO_TIMEOUTS);
  await world.create('privileged');
  const log = new PodLog();
  const watches = new Watches(cluster.kubeconfig, namespace, log);
  try {
    await watches.start();
    const before = deploymentWith(settings, '1.4.2');
    await world.applyManifests(new Manifests([before]));
    await world.rolledOut(`deployment/${NAME}`);
    const startupMs = settings.startup * 1000;
    const listening = new Map<string, number>();
    const noteListening = async () => {
      for (const pod of log.staying) {
        listening.set(pod, listeningSince(await world.kubectl('logs', pod)));
      }
    };
    await noteListening();
    const podStartMs = median(
      [...listening].map(([pod, at]) => at - startupMs - (log.createdAt(pod) ?? at - startupMs)),
    );
    const deployment = deploymentWith(settings, '1.5.0');
    await world.applyManifests(new Manifests([deployment]));
    await waitFor(`the end of the rollout ${name}`, SCENARIO_TIMEOUTS.rollout, async () => log.isOver);
    await noteListening();
    return {
      name,
      recordedAt: new Date().toISOString(),
      commit,
      kubernetes: (await cluster.versions()).kubernetes ?? 'unknown',
      deployment,
      podStartMs: Math.round(podStartMs),
      startupMs,
      ...log.recording(listening),
    };
  } finally {
    watches.stop();
    await cleanUp(cluster);
  }
}
