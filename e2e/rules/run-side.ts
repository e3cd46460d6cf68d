import { join } from 'node:path';
import type { ProbeResult } from 'zero-downtime';
import type { Cluster } from '../cluster/cluster';
import { Load } from '../load/load';
import { FULL_LOAD } from '../load/profile';
import { counts, type Side } from './side';
import { hasIngress, LIMITS, loadFor, readObjects, Refused, Site, Stuck, type Target } from './site';
import type { Step, Trial } from './trial';

/** A third of the load of the proof, as two sides run beside each other: what a rule is about is to be seen. */
export const LOAD = { ...FULL_LOAD, rate: 300, connections: 20 };

/** Seconds of load before the event and after it. */
const BEFORE = 5;
const AFTER = 5;

/** One side of a trial, in a namespace of its own. */
export class RunningSide {
  private readonly site: Site;
  private target?: Target;

  constructor(
    private readonly trial: Trial,
    private readonly step: Step,
    private readonly cluster: Cluster,
  ) {
    const namespace = `proof-${Date.now().toString(36)}-${step.name}`;
    this.site = new Site(cluster, namespace, readObjects(step.to), trial.env);
  }

  /** Deploys what runs at first and waits until it serves. */
  async open(): Promise<void> {
    const { site, trial } = this;
    const from = readObjects(this.step.from);
    await site.create();
    if (hasIngress(from)) {
      await site.openIngress();
    }
    await site.provideVolumes(from);
    await site.apply(from);
    await site.complete();
    await trial.prepare?.(site);
    this.target = trial.fromNode ? await site.targetFromNode() : await site.target();
    if (this.target !== undefined) {
      await site.serves(this.target);
    }
  }

  /**
   * Has the event happen while load runs.
   * @param folder where the measurement is written
   * @throws Error when it cannot be judged
   */
  async measure(folder: string): Promise<Side> {
    const { site, target, trial } = this;
    if (target === undefined) {
      return { requests: 0, failed: 0, ...(await this.happens()) };
    }
    const file = join(folder, `${site.namespace}.json`);
    const load = await Load.start(
      target.url,
      target.client,
      loadFor(target, { ...LOAD, ...trial.load }),
      file,
    );
    let harm: Partial<Side> = {};
    let failure: unknown;
    try {
      await site.stays(BEFORE);
      load.mark(EVENT);
      harm = await this.happens();
      await site.stays(AFTER);
    } catch (error) {
      failure = error;
    }
    const measured = await load.stop().catch((error: Error) => {
      throw failure ?? error;
    });
    this.cluster.check();
    if (failure) {
      throw failure;
    }
    if (measured.verdict === 'not-measured') {
      throw new Error(measured.reasons.join('; '));
    }
    refuseEarlyFailures(measured);
    return { ...counts(measured), ...harm, addressLost: await this.addressLost(target) };
  }

  /** Waits until its namespace is gone, with all that only one can have. */
  async gone(): Promise<void> {
    const namespace = `namespace/${this.site.namespace}`;
    await this.cluster.kubectl(['wait', '--for=delete', namespace, `--timeout=${LIMITS.podsGone}s`]);
  }

  private async addressLost({ service }: Target): Promise<string | undefined> {
    if (service === undefined) {
      return undefined;
    }
    const address = await this.site.address(service.name);
    return address === service.address ? undefined : `${service.address}, now ${address ?? 'none'}`;
  }

  private async happens(): Promise<Pick<Side, 'refused' | 'stuck'>> {
    try {
      await this.trial.run(this.site);
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

function refuseEarlyFailures({ failures, marks }: ProbeResult): void {
  const eventAtMs = marks.find(({ label }) => label === EVENT)!.atMs;
  const early = failures.filter(({ atMs, afterMs }) => atMs + afterMs < eventAtMs).length;
  if (early > 0) {
    throw new Error(`${early} requests failed before anything was done`);
  }
}

/** The mark before which nothing was done. */
const EVENT = 'event';
