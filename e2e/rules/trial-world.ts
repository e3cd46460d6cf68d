import { stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import type { KubeObject } from '../manifests/kube-object';
import { World } from '../proof/world';
import { TRIAL_TIMEOUTS } from '../timeouts';
import { lastLine, refusalIn, Refused, Stuck } from './harm';
import { kubectlName, objectFor, workloads } from './objects';

/** A namespace with a rule's manifests, and what trials do to them. */
export class TrialWorld extends World {
  private applied: readonly KubeObject[] = [];

  /**
   * @param next the manifests that an upgrade is to; the same for a rule about one state
   * @param env environment variables of every container
   */
  constructor(
    cluster: Cluster,
    namespace: string,
    readonly next: readonly KubeObject[],
    private readonly env: Readonly<Record<string, string>> = {},
  ) {
    super(cluster, namespace, TRIAL_TIMEOUTS);
  }

  /** The objects that were applied last. */
  get objects(): readonly KubeObject[] {
    return this.applied;
  }

  /**
   * Applies manifests and deletes what is no longer in them, as a tool with pruning does.
   * @throws Refused with what the API server said; what it did not refuse is applied all the same
   */
  async apply(objects: readonly KubeObject[]): Promise<void> {
    const before = this.applied;
    this.applied = objects.map((object) => objectFor(this.namespace, this.env, object));
    const yaml = this.applied.map((object) => stringify(object, { version: '1.1' })).join('---\n');
    const refusal = await this.kubectlWith(yaml, 'apply', '--filename', '-').then(() => undefined, refusalIn);
    const kept = new Set(this.applied.map(kubectlName));
    const gone = before.map(kubectlName).filter((old) => !kept.has(old));
    if (gone.length > 0) {
      await this.kubectl('delete', '--wait=false', '--ignore-not-found', ...gone);
    }
    if (refusal !== undefined) {
      throw new Refused(refusal);
    }
  }

  /** Workloads of the manifests that are applied, as kubectl calls them. */
  workloads(): string[] {
    return workloads(this.applied).map(kubectlName);
  }

  /**
   * Waits until so many pods of the first workload are ready.
   * @throws Stuck
   */
  async podsReady(count: number): Promise<void> {
    const [workload] = this.workloads();
    const condition = `--for=jsonpath={.status.readyReplicas}=${count}`;
    const seconds = TRIAL_TIMEOUTS.ready;
    await this.kubectl('wait', workload, condition, `--timeout=${seconds}s`).catch(() => {
      throw new Stuck(`not all ${count} pods were ready after ${seconds} s`);
    });
  }

  /**
   * Waits until the rollout of every workload is complete and all pods that are being deleted are gone.
   * @throws Stuck
   */
  async complete(): Promise<void> {
    for (const workload of this.workloads()) {
      await this.rolledOut(workload).catch((error: Error) => {
        const seconds = this.timeouts.rollout;
        throw new Stuck(`after at most ${seconds} s, rollout of ${workload}: ${lastLine(error)}`);
      });
    }
    await this.podsGone();
  }
}
