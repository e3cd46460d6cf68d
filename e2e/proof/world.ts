import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../cluster/wait';
import type { Manifests } from '../manifests/manifests';
import type { WorldTimeouts } from '../timeouts';
import { DRAINED_LABEL, PROOF_LABEL } from './clean-up';

/** What is read of a pod. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly containerStatuses?: readonly ContainerStatus[] };
}

interface ContainerStatus {
  readonly ready: boolean;
  readonly state: { readonly running?: object };
}

/** A namespace on the cluster, and what every measurement does in it. */
export class World {
  constructor(
    readonly cluster: Cluster,
    readonly namespace: string,
    readonly timeouts: WorldTimeouts,
  ) {}

  /** Creates the namespace, which enforces a Pod Security Standard; `cleanUp` removes it. */
  async create(standard: 'restricted' | 'privileged'): Promise<void> {
    const labels = { [PROOF_LABEL]: '', 'pod-security.kubernetes.io/enforce': standard };
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.namespace, labels } };
    await this.cluster.kubectl(['create', '--filename', '-'], JSON.stringify(object));
  }

  /** kubectl in the namespace. */
  kubectl(...args: string[]): Promise<string> {
    return this.cluster.kubectl(['--namespace', this.namespace, ...args]);
  }

  /** The same with a text as its standard input. */
  kubectlWith(input: string, ...args: string[]): Promise<string> {
    return this.cluster.kubectl(['--namespace', this.namespace, ...args], input);
  }

  /**
   * Applies manifests, with the test images where this cluster finds them.
   * @param options further options of `kubectl apply`
   */
  async applyManifests(manifests: Manifests, ...options: string[]): Promise<void> {
    const yaml = manifests.withImagePrefix(this.cluster.imagePrefix).toYaml();
    await this.kubectlWith(yaml, 'apply', ...options, '--filename', '-');
  }

  /** Waits until the rollout of a workload, such as `deployment/web`, is complete. */
  async rolledOut(workload: string, seconds = this.timeouts.rollout): Promise<void> {
    await this.kubectl('rollout', 'status', workload, `--timeout=${seconds}s`);
  }

  /**
   * Pods of the namespace, those that are being deleted included.
   * @param options further options of `kubectl get`
   */
  async pods(...options: string[]): Promise<Pod[]> {
    return JSON.parse(await this.kubectl('get', 'pods', '--output=json', ...options)).items;
  }

  /** Pods that are not being deleted. */
  async stayingPods(): Promise<Pod[]> {
    return (await this.pods()).filter((pod) => !isLeaving(pod));
  }

  /** Waits until all pods that are being deleted are gone. */
  async podsGone(): Promise<void> {
    const leaving = (await this.pods()).filter(isLeaving);
    if (leaving.length > 0) {
      const names = leaving.map(({ metadata }) => `pod/${metadata.name}`);
      await this.kubectl('wait', '--for=delete', ...names, `--timeout=${this.timeouts.podsGone}s`);
    }
  }

  /** Nodes on which pods run that are not being deleted. */
  async nodes(): Promise<string[]> {
    return nodesOf(await this.stayingPods());
  }

  /** The address that a Service has from a load balancer; undefined if it has none. */
  async address(service: string): Promise<string | undefined> {
    const path = '--output=jsonpath={.status.loadBalancer.ingress[0].ip}';
    return (await this.kubectl('get', 'service', service, '--ignore-not-found', path)) || undefined;
  }

  /** Waits until a Service has an address from a load balancer, and returns it. */
  async waitForAddress(service: string): Promise<string> {
    let address: string | undefined;
    await waitFor(`an address for service ${service}`, this.timeouts.address, async () => {
      address = await this.address(service);
      return address !== undefined;
    });
    return address!;
  }

  /** Labels a node that is about to be drained: `cleanUp` brings back every node with this label. */
  async labelDrained(node: string): Promise<void> {
    await this.kubectl('label', 'node', node, `${DRAINED_LABEL}=`);
  }

  /** Drains a node of the namespace's pods with a label; it takes no new ones until {@link bringBack}. */
  async drainPods(node: string, selector: string, ...options: string[]): Promise<void> {
    const always = ['--ignore-daemonsets', '--delete-emptydir-data'];
    const limits = [`--pod-selector=${selector}`, `--timeout=${this.timeouts.drain}s`];
    await this.kubectl('drain', node, ...always, ...options, ...limits);
  }

  /** Lets a node take pods again. */
  async bringBack(node: string): Promise<void> {
    await this.kubectl('uncordon', node);
    await this.kubectl('label', 'node', node, `${DRAINED_LABEL}-`);
  }

  /**
   * Evicts a pod, as a drain does: asks again as long as the PodDisruptionBudget refuses.
   * @throws TimeoutError
   */
  async evict(pod: string): Promise<void> {
    const metadata = { name: pod, namespace: this.namespace };
    const eviction = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata });
    const path = `/api/v1/namespaces/${this.namespace}/pods/${pod}/eviction`;
    await waitFor(`the eviction of ${pod}`, this.timeouts.rollout, async () => {
      await this.cluster.kubectl(['create', '--raw', path, '--filename', '-'], eviction);
      return true;
    });
  }
}

/** Whether a pod is being deleted. */
export function isLeaving({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Names of the nodes that pods are on, each once. */
export function nodesOf(pods: readonly Pod[]): string[] {
  return [...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))];
}
