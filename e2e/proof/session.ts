import { Attempt } from '../cluster/attempt';
import { type Cluster, connect, foreignKubeconfig } from '../cluster/cluster';
import { buildAppImages, pushImages } from '../cluster/images';
import type { Progress } from '../cluster/progress';
import { State } from '../cluster/state';
import { teardown } from '../cluster/teardown';
import { REGISTRY } from '../cluster/topology';
import { cleanUp } from './clean-up';

/** The cluster of a run: one that is there already, or one that is started for it. */
export class Session {
  private own?: Attempt;
  private found?: Cluster;

  constructor(private readonly progress: Progress) {}

  /**
   * The cluster that $KUBECONFIG names, else the one that runs on this machine, else a new one.
   * @param registry where the test images are pushed to for a cluster that $KUBECONFIG names
   */
  async open(registry?: string): Promise<Cluster> {
    const foreign = foreignKubeconfig() !== undefined;
    if (registry && !foreign) {
      throw new Error(
        `--registry needs a cluster that KUBECONFIG names: on the proof's own cluster images go to its own registry.\nWhat to do: set KUBECONFIG, or leave --registry out`,
      );
    }
    if (foreign || State.exists()) {
      this.found = await connect(registry);
      const pushTo = foreign ? registry : REGISTRY;
      if (pushTo) {
        await this.push(pushTo);
      }
      await cleanUp(this.found);
      return this.found;
    }
    this.own = new Attempt(this.progress);
    return this.own.start('iptables');
  }

  private async push(registry: string): Promise<void> {
    const images = await buildAppImages(this.progress);
    await this.progress.step(`push images to ${registry}`, () => pushImages(images, registry));
  }

  /** Leaves the machine as it was found: a cluster that was there stays, without anything of the proof. */
  async close(): Promise<void> {
    if (this.found) {
      await this.found.restore();
      await cleanUp(this.found);
    }
    if (this.own) {
      await this.progress.step('stop the cluster', () => teardown());
    }
  }

  /** The same when the run cannot go on, with the logs of the components kept. */
  async giveUp(reason: string): Promise<void> {
    if (this.own) {
      return this.own.giveUp(reason);
    }
    this.progress.say(`\n${reason}`);
    await this.close().catch((error: Error) => this.progress.say(error.message));
  }
}
