import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../cluster/wait';
import type { Load } from '../load/load';
import type { Manifests } from '../manifests/manifests';
import { applyManifests } from './apply';
import { DRAINED_LABEL } from './clean-up';
import { EndpointWatch } from './endpoints';
import { evict } from './evict';
import { listeningSince, type Speed } from './speed';
import { PROOF_TIMEOUTS } from './timeouts';

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly containerStatuses?: readonly ContainerStatus[] };
}

interface ContainerStatus {
  readonly ready: boolean;
  readonly state: { readonly running?: object };
}

/** What a scenario can do to the service and to the cluster while the load runs. */
export class World {
  /** How fast the rollout was, if the scenario asked. */
  speed?: Speed;

  constructor(
    readonly cluster: Cluster,
    readonly namespace: string,
    private readonly manifests: Manifests,
    private readonly load: Load,
  ) {}

  /** Name of the Deployment and its Service. */
  get service(): string {
    return this.manifests.name;
  }

  /** kubectl in the scenario's namespace. */
  kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(['--namespace', this.namespace, ...args]);
  }

  /** The same with an object as its standard input. */
  kubectlWith(object: object, ...args: string[]): Promise<string> {
    return this.cluster.kubectl(['--namespace', this.namespace, ...args], JSON.stringify(object));
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
    this.load.mark(label);
    await applyManifests(this.cluster, this.namespace, manifests, ...options);
  }

  /** Waits until the rollout is complete. */
  async rolloutComplete(label: string): Promise<void> {
    const timeout = `--timeout=${PROOF_TIMEOUTS.rollout}s`;
    await this.kubectl('rollout', 'status', `deployment/${this.service}`, timeout);
    this.load.mark(`${label}: complete`);
  }

  /** Waits until no pod is left that has to go. */
  async podsGone(): Promise<void> {
    const leaving = (await this.pods()).filter((pod) => !isStaying(pod));
    if (leaving.length > 0) {
      const names = leaving.map(({ metadata }) => `pod/${metadata.name}`);
      await this.kubectl('wait', '--for=delete', ...names, `--timeout=${PROOF_TIMEOUTS.podsGone}s`);
    }
  }

  /** Waits until the rollout has told an old pod to go. */
  async firstPodLeaves(): Promise<void> {
    await waitFor('an old pod that goes', PROOF_TIMEOUTS.available * 1000, async () =>
      (await this.pods()).some((pod) => !isStaying(pod)),
    );
  }

  /** Does something to the cluster, with a mark on the timeline. */
  async step<T>(label: string, work: () => Promise<T>): Promise<T> {
    this.load.mark(label);
    return work();
  }

  /** Drains a node of the service's pods, as for its maintenance, and waits for new ones elsewhere. */
  async drain(node: string): Promise<void> {
    await this.empty(node);
    await this.bringBack(node);
    await this.rolloutComplete(`drain ${node}`);
  }

  /** Takes the service's pods from a node, which takes no new ones until {@link bringBack}. */
  async empty(node: string): Promise<void> {
    const own = `--pod-selector=${this.manifests.selector}`;
    await this.kubectl('label', 'node', node, `${DRAINED_LABEL}=`);
    await this.step(`drain ${node}`, () =>
      this.kubectl('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', own, '--timeout=180s'),
    );
  }

  /** Lets a node take pods again. */
  async bringBack(node: string): Promise<void> {
    await this.kubectl('uncordon', node);
    await this.kubectl('label', 'node', node, `${DRAINED_LABEL}-`);
  }

  /** Deletes each pod of the service, one after the other. */
  async deletePods(): Promise<void> {
    for (const { metadata } of await this.stayingPods()) {
      await this.step(`delete ${metadata.name}`, () =>
        this.kubectl('delete', 'pod', metadata.name, '--wait=false'),
      );
      await this.rolloutComplete(`delete ${metadata.name}`);
    }
  }

  /** Lets the load go on for a while in a state that a scenario is about. */
  async stays(label: string, seconds: number): Promise<void> {
    this.load.mark(label);
    await sleep(seconds * 1000);
  }

  /** Evicts a pod, as a drain does: asks again as long as the PodDisruptionBudget refuses. */
  evict(pod: string): Promise<void> {
    return evict(this.cluster, this.namespace, pod);
  }

  /** Pods of the service, those that have to go included. */
  async pods(): Promise<Pod[]> {
    return JSON.parse(await this.kubectl('get', 'pods', '--output=json')).items;
  }

  /** Those that do not have to go. */
  async stayingPods(): Promise<Pod[]> {
    return (await this.pods()).filter(isStaying);
  }

  /** Nodes on which new pods of the service have begun to start, as soon as there is one. */
  async nodesOfStartingPods(): Promise<string[]> {
    let nodes: string[] = [];
    await waitFor('a pod that starts', PROOF_TIMEOUTS.available * 1000, async () => {
      nodes = nodesOf((await this.pods()).filter(({ status }) => status.containerStatuses?.some(isStarting)));
      return nodes.length > 0;
    });
    return nodes;
  }

  /** Nodes on which pods of the service run. */
  async nodes(): Promise<string[]> {
    return nodesOf(await this.stayingPods());
  }
}

function isStaying({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}

function isStarting({ ready, state }: ContainerStatus): boolean {
  return !ready && state.running !== undefined;
}

function nodesOf(pods: readonly Pod[]): string[] {
  return [...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))];
}
