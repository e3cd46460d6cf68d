import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../cluster/wait';
import type { Load } from '../load/load';
import type { Manifests } from '../manifests/manifests';
import { SCENARIO_TIMEOUTS } from '../timeouts';
import { EndpointWatch } from './endpoints';
import { listeningSince, type Speed } from './speed';
import { isLeaving, nodesOf, type Pod, World } from './world';

/** What a scenario does to its service and to the cluster while the load runs: each step is a mark on the timeline. */
export class ScenarioWorld extends World {
  /** How fast the rollout was, if the scenario measured it. */
  speed?: Speed;

  constructor(
    cluster: Cluster,
    namespace: string,
    private readonly manifests: Manifests,
    private readonly load: Load,
  ) {
    super(cluster, namespace, SCENARIO_TIMEOUTS);
  }

  /** Name of the Deployment and its Service. */
  get service(): string {
    return this.manifests.name;
  }

  /** How many pods the service is to have. */
  async replicas(): Promise<number> {
    return Number(
      await this.kubectl('get', `deployment/${this.service}`, '--output=jsonpath={.spec.replicas}'),
    );
  }

  /** Applies manifests and waits until the rollout is complete. */
  async rollOut(manifests: Manifests, label: string): Promise<void> {
    await this.apply(manifests, label);
    await this.rolloutComplete(label);
  }

  /** The same, and measures how fast it is: `speed` says so afterwards. */
  async rollOutTimed(manifests: Manifests, label: string, startSeconds: number): Promise<void> {
    const endpoints = new EndpointWatch(this.cluster.kubeconfig, this.namespace);
    await endpoints.start();
    try {
      const begin = Date.now();
      await this.rollOut(manifests, label);
      const seconds = (Date.now() - begin) / 1000;
      const delays: number[] = [];
      for (const { metadata } of await this.stayingPods()) {
        const listening = listeningSince(await this.kubectl('logs', metadata.name));
        delays.push((endpoints.readySince(metadata.name) - listening) / 1000);
      }
      delays.sort((a, b) => a - b);
      this.speed = { seconds, waves: manifests.waves, startSeconds, delays };
    } finally {
      endpoints.stop();
    }
  }

  /**
   * Applies manifests.
   * @param options further options of `kubectl apply`
   */
  async apply(manifests: Manifests, label: string, ...options: string[]): Promise<void> {
    await this.step(label, () => this.applyManifests(manifests, ...options));
  }

  /** Waits until the rollout is complete. */
  async rolloutComplete(label: string): Promise<void> {
    await this.rolledOut(`deployment/${this.service}`);
    this.load.mark(`${label}: complete`);
  }

  /** Waits until so many pods of the rollout that is under way are new. */
  async podsUpdated(count: number): Promise<void> {
    const condition = `--for=jsonpath={.status.updatedReplicas}=${count}`;
    const timeout = `--timeout=${this.timeouts.available}s`;
    await this.kubectl('wait', `deployment/${this.service}`, condition, timeout);
  }

  /** Waits until the rollout has begun to delete an old pod. */
  async firstPodLeaves(): Promise<void> {
    await waitFor('the deletion of an old pod', this.timeouts.available, async () =>
      (await this.pods()).some(isLeaving),
    );
  }

  /** Does something to the cluster. */
  async step<T>(label: string, work: () => Promise<T>): Promise<T> {
    this.load.mark(label);
    return work();
  }

  /** Lets the load go on for a while in the state that the scenario is about. */
  async hold(label: string, seconds: number): Promise<void> {
    await this.step(label, () => sleep(seconds * 1000));
  }

  /** Drains a node of the service's pods, as for its maintenance, and waits for new ones elsewhere. */
  async drain(node: string): Promise<void> {
    await this.empty(node);
    await this.bringBack(node);
    await this.rolloutComplete(`drain ${node}`);
  }

  /** Takes the service's pods from a node, which takes no new ones until {@link bringBack}. */
  async empty(node: string): Promise<void> {
    await this.labelDrained(node);
    await this.step(`drain ${node}`, () => this.drainPods(node, this.manifests.selector));
  }

  /** Deletes each pod of the service, one after the other. */
  async deletePods(): Promise<void> {
    for (const { metadata } of await this.stayingPods()) {
      const label = `delete ${metadata.name}`;
      await this.step(label, () => this.kubectl('delete', 'pod', metadata.name, '--wait=false'));
      await this.rolloutComplete(label);
    }
  }

  /** Nodes on which new pods of the service have begun to start, as soon as there is one. */
  async nodesOfStartingPods(): Promise<string[]> {
    let nodes: string[] = [];
    await waitFor('the start of a pod', this.timeouts.available, async () => {
      nodes = nodesOf((await this.pods()).filter(isStarting));
      return nodes.length > 0;
    });
    return nodes;
  }
}

function isStarting({ status }: Pod): boolean {
  return status.containerStatuses?.some(({ ready, state }) => !ready && state.running !== undefined) ?? false;
}
