import type { Cluster } from '../cluster/cluster';
import { cleanUp } from '../proof/clean-up';
import { RunningSide } from './run-side';
import type { Side, TrialResult } from './side';
import { stepsOf, type Trial } from './trial';

/**
 * Runs both sides of a trial, beside each other if they can.
 * @param folder where the measurements are written
 */
export async function runTrial(trial: Trial, cluster: Cluster, folder: string): Promise<TrialResult> {
  const sides = stepsOf(trial).map((step) => new RunningSide(trial, step, cluster));
  const together = trial.alone ? sides.map((side) => [side]) : [sides];
  const found: Side[] = [];
  for (const group of together) {
    found.push(...(await runSides(group, cluster, folder)));
    if (trial.alone) {
      await Promise.all(group.map((side) => side.gone()));
    }
  }
  const [fail, pass] = found;
  return { rule: trial.rule, event: trial.event, fail, pass };
}

/** Runs sides beside each other. */
async function runSides(
  sides: readonly RunningSide[],
  cluster: Cluster,
  folder: string,
): Promise<readonly Side[]> {
  try {
    await all(sides.map((side) => side.open()));
    await cluster.flushConntrack();
    return await all(sides.map((side) => side.measure(folder)));
  } finally {
    await cleanUp(cluster);
  }
}

/** Waits for all, also when one fails, so that nothing still runs after it. */
async function all<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
