import { join } from 'node:path';
import type { ProbeResult } from 'zero-downtime';
import type { Cluster } from '../cluster/cluster';
import { Load } from '../load/load';
import { FULL_LOAD } from '../load/profile';
import { cleanUp } from '../proof/clean-up';
import { counts, type Side } from './side';
import { hasIngress, loadFor, readObjects, Refused, Site, Stuck, type Target } from './site';
import type { Trial } from './trial';

/** Half of the load of the proof: what a rule is about is to be seen, not a promise to be kept. */
export const LOAD = { ...FULL_LOAD, rate: 500 };

/** Seconds of load before the event and after it. */
const BEFORE = 5;
const AFTER = 5;

/** The manifests of one side: what runs, and what comes. */
export interface SideFiles {
  readonly from: string;
  readonly to: string;
}

/**
 * Runs one side of a trial in a namespace of its own.
 * @param folder where the measurement is written
 * @throws Error when it cannot be judged
 */
export async function runSide(
  trial: Trial,
  files: SideFiles,
  mayFail: boolean,
  cluster: Cluster,
  folder: string,
): Promise<Side> {
  const begin = Date.now();
  const namespace = `proof-${begin.toString(36)}`;
  const site = new Site(cluster, namespace, readObjects(files.to), trial.env);
  await site.create();
  try {
    const found = await measure(site, trial, files, mayFail, folder);
    return { ...found, seconds: Math.round((Date.now() - begin) / 1000) };
  } finally {
    await cleanUp(cluster);
  }
}

async function measure(
  site: Site,
  trial: Trial,
  files: SideFiles,
  mayFail: boolean,
  folder: string,
): Promise<Omit<Side, 'seconds'>> {
  const { cluster, namespace } = site;
  const from = readObjects(files.from);
  if (hasIngress(from)) await site.openIngress();
  await site.apply(from);
  const deaf = mayFail && trial.neverServes === true;
  if (!deaf) await site.complete();
  const target = await site.target();
  if (target === undefined) return { requests: 0, failed: 0, ...(await happens(site, trial)) };
  if (!deaf) await site.serves(target);
  await cluster.flushConntrack();

  const file = join(folder, `${namespace}.json`);
  const load = await Load.start(target.url, cluster.client, loadFor(target, LOAD), file);
  let harm: Partial<Side> = {};
  let failure: unknown;
  try {
    await site.stays(BEFORE);
    load.mark(EVENT);
    harm = await happens(site, trial);
    await site.stays(AFTER);
  } catch (error) {
    failure = error;
  }
  const measured = await load.stop().catch((error: Error) => {
    throw failure ?? error;
  });
  cluster.check();
  if (failure) throw failure;
  if (measured.verdict === 'not-measured') throw new Error(measured.reasons.join('; '));
  if (!deaf) refuseEarlyFailures(measured);
  return { ...counts(measured), ...harm, addressLost: await addressLost(site, target) };
}

async function addressLost(site: Site, { service }: Target): Promise<string | undefined> {
  if (service === undefined) return undefined;
  const address = await site.address(service.name);
  return address === service.address ? undefined : `${service.address}, now ${address ?? 'none'}`;
}

async function happens(site: Site, trial: Trial): Promise<Pick<Side, 'refused' | 'stuck'>> {
  try {
    await trial.run(site);
    return {};
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    if (error instanceof Stuck) return { stuck: error.message };
    throw error;
  }
}

function refuseEarlyFailures({ failures, marks }: ProbeResult): void {
  const eventAtMs = marks.find(({ label }) => label === EVENT)!.atMs;
  const early = failures.filter(({ atMs, afterMs }) => atMs + afterMs < eventAtMs).length;
  if (early > 0) throw new Error(`${early} requests failed before anything was done`);
}

/** The mark before which nothing was done. */
const EVENT = 'event';
