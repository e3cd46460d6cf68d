import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../cluster/wait';
import type { Load } from '../load/load';
import type { Manifests } from '../manifests/manifests';
import { PROOF_TIMEOUTS } from './timeouts';

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
}

/** What a scenario can do to the service and to the cluster while the load runs. */
export class World {
  /** Seconds that named parts of the change took. */
  readonly timings: Record<string, number> = {};

  constructor(
    readonly cluster: Cluster,
    readonly namespace: string,
    readonly service: string,
    private readonly load: Load,
  ) {}

  /** kubectl in the scenario's namespace. */
  kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(['--namespace', this.namespace, ...args]);
  }

  /** Applies manifests and waits until the rollout is complete. */
  async rollOut(manifests: Manifests, label: string): Promise<void> {
    await this.apply(manifests, label);
    await this.rolloutComplete(label);
  }

  /** Applies manifests. */
  async apply(manifests: Manifests, label: string): Promise<void> {
    this.load.mark(label);
    await this.cluster.kubectl(['--namespace', this.namespace, 'apply', '-f', '-'], manifests.toYaml());
  }

  /** Waits until the rollout is complete. */
  async rolloutComplete(label: string): Promise<void> {
    const begin = Date.now();
    await this.kubectl(
      'rollout',
      'status',
      `deployment/${this.service}`,
      `--timeout=${PROOF_TIMEOUTS.rollout}s`,
    );
    this.timings[label] = (Date.now() - begin) / 1000;
    this.load.mark(`${label}: complete`);
  }

  /** Waits until no pod is left that has to go. */
  async podsGone(): Promise<void> {
    const leaving = (await this.pods()).filter(({ metadata }) => metadata.deletionTimestamp);
    if (leaving.length > 0) {
      const names = leaving.map(({ metadata }) => `pod/${metadata.name}`);
      await this.kubectl('wait', '--for=delete', ...names, `--timeout=${PROOF_TIMEOUTS.podsGone}s`);
    }
  }

  /** Does something to the cluster, with a mark on the timeline. */
  async step<T>(label: string, work: () => Promise<T>): Promise<T> {
    this.load.mark(label);
    return work();
  }

  /** Lets the load go on for a while in a state that a scenario is about. */
  async stays(label: string, seconds: number): Promise<void> {
    this.load.mark(label);
    await sleep(seconds * 1000);
  }

  /** Evicts a pod, as a drain does: asks again as long as the PodDisruptionBudget refuses. */
  async evict(pod: string): Promise<void> {
    const eviction = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: pod, namespace: this.namespace },
    };
    const path = `/api/v1/namespaces/${this.namespace}/pods/${pod}/eviction`;
    await waitFor(`the eviction of ${pod}`, PROOF_TIMEOUTS.rollout * 1000, async () => {
      await this.cluster.kubectl(['create', '--raw', path, '--filename', '-'], JSON.stringify(eviction));
      return true;
    });
  }

  /** Pods of the service, those that have to go included. */
  async pods(): Promise<Pod[]> {
    return JSON.parse(await this.kubectl('get', 'pods', '--output=json')).items;
  }

  /** Nodes on which pods of the service run. */
  async nodes(): Promise<string[]> {
    return [...new Set((await this.pods()).flatMap(({ spec }) => spec.nodeName ?? []))];
  }
}
