import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { deployIngressController } from '../ingress/controller';
import { FULL_LOAD } from '../load/profile';
import { failedBefore, underLoad } from '../proof/under-load';
import { Refused, Stuck } from './harm';
import { findIngress, readObjects } from './objects';
import { counts, type Side } from './side';
import { loadFor, type Target, targetFromNode, targetOf, waitUntilServed } from './target';
import type { Step, Trial } from './trial';
import { TrialWorld } from './trial-world';
import { provideVolumes } from './volumes';

/** A third of the load of the proof, since two sides run at the same time. */
export const LOAD = { ...FULL_LOAD, rate: 300, connections: 20 };

/** One side of a trial, in a namespace of its own. */
export class RunningSide {
  private readonly world: TrialWorld;
  private target?: Target;

  constructor(
    private readonly trial: Trial,
    private readonly step: Step,
    private readonly cluster: Cluster,
  ) {
    const namespace = `proof-${Date.now().toString(36)}-${step.name}`;
    this.world = new TrialWorld(cluster, namespace, readObjects(step.to), trial.env);
  }

  /** Deploys what runs at first and waits until it serves. */
  async open(): Promise<void> {
    const { cluster, trial, world } = this;
    const from = readObjects(this.step.from);
    await world.create('privileged');
    const ingressAddress = findIngress(from) && (await deployIngressController(cluster, world.namespace));
    await provideVolumes(world, from);
    await world.apply(from);
    await world.complete();
    await trial.prepare?.(world);
    this.target = trial.fromNode ? await targetFromNode(world) : await targetOf(world, ingressAddress);
    if (this.target !== undefined) {
      await waitUntilServed(this.target);
    }
  }

  /**
   * Makes the event happen while load runs.
   * @param folder where the measurement is written
   * @throws Error when it cannot be judged
   */
  async measure(folder: string): Promise<Side> {
    const { target, trial, world } = this;
    if (target === undefined) {
      return { requests: 0, failed: 0, ...(await this.runEvent()) };
    }
    const profile = loadFor(target, { ...LOAD, ...trial.load });
    const file = join(folder, `${world.namespace}.json`);
    const load = { url: target.url, client: target.client, profile };
    const {
      measured,
      changeAtMs,
      returned: harm,
    } = await underLoad(world, load, file, () => this.runEvent());
    if (measured.verdict === 'not-measured') {
      throw new Error(measured.reasons.join('; '));
    }
    const early = failedBefore(measured, changeAtMs);
    if (early > 0) {
      throw new Error(`${early} requests failed before the event`);
    }
    return { ...counts(measured), ...harm, addressLost: await this.addressLost(target) };
  }

  /** Waits until its namespace is gone, with everything that only one side can have at a time. */
  async gone(): Promise<void> {
    const { namespace, timeouts } = this.world;
    const timeout = `--timeout=${timeouts.podsGone}s`;
    await this.cluster.kubectl(['wait', '--for=delete', `namespace/${namespace}`, timeout]);
  }

  private async addressLost({ service }: Target): Promise<string | undefined> {
    if (service === undefined) {
      return undefined;
    }
    const address = await this.world.address(service.name);
    return address === service.address ? undefined : `${service.address}, now ${address ?? 'none'}`;
  }

  /** Runs the event, and returns the harm that it did other than failed requests. */
  private async runEvent(): Promise<Pick<Side, 'refused' | 'stuck'>> {
    try {
      await this.trial.run(this.world);
      return {};
    } catch (error) {
      if (error instanceof Refused) {
        return { refused: error.message };
      }
      if (error instanceof Stuck) {
        return { stuck: error.message };
      }
      throw error;
    }
  }
}
