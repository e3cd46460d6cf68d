import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeResult } from 'zero-downtime';
import type { Client } from '../cluster/cluster';
import { Load } from '../load/load';
import type { LoadProfile } from '../load/profile';
import type { World } from './world';

/** The mark before which the load runs without a change. */
const CHANGE = 'change';

/** Where the load goes to and comes from, and how much it is. */
export interface LoadTarget {
  readonly url: string;
  readonly client: Client;
  readonly profile: LoadProfile;
}

/** What was measured during a change. */
export interface UnderLoad<T> {
  readonly measured: ProbeResult;
  /** When the change began, in milliseconds of the measurement. */
  readonly changeAtMs: number;
  /** What the change returned. */
  readonly returned: T;
}

/**
 * Makes a change while load runs, which begins some time before it and ends some time after it.
 * @param resultFile where the measurement is written
 * @throws Error of the change, or of a component of the cluster that has died
 */
export async function underLoad<T>(
  { cluster, timeouts }: World,
  { url, client, profile }: LoadTarget,
  resultFile: string,
  change: (load: Load) => Promise<T>,
): Promise<UnderLoad<T>> {
  const load = await Load.start(url, client, profile, resultFile);
  const during = async () => {
    await sleep(timeouts.before * 1000);
    load.mark(CHANGE);
    const returned = await change(load);
    await sleep(timeouts.after * 1000);
    return returned;
  };
  const [changed] = await Promise.allSettled([during()]);
  const measured = await load.stop().catch((error: Error) => {
    throw changed.status === 'rejected' ? changed.reason : error;
  });
  // A component that has died explains why the change failed.
  cluster.check();
  if (changed.status === 'rejected') {
    throw changed.reason;
  }
  const changeAtMs = measured.marks.find(({ label }) => label === CHANGE)!.atMs;
  return { measured, changeAtMs, returned: changed.value };
}

/** How many requests failed before the change. A slow one may be sent before it and fail because of it. */
export function failedBefore({ failures }: Pick<ProbeResult, 'failures'>, changeAtMs: number): number {
  return failures.filter(({ atMs, afterMs }) => atMs + afterMs < changeAtMs).length;
}
