import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { pushImages } from '../cluster/images';
import { REPOSITORY } from '../cluster/paths';
import type { Progress } from '../cluster/progress';
import { REGISTRY } from '../cluster/topology';
import { buildIngressImage } from '../ingress/image';
import { cleanUp } from '../proof/clean-up';
import { run } from '../proof/run';
import { readArguments } from './arguments';
import { hashOfManifests, writeResult } from './results';
import { LOAD, RunningSide } from './run-side';
import { describe, type Side, type TrialResult, whyUnproven } from './side';
import { hasIngress, readObjects } from './site';
import { manifestsOf, stepsOf, type Trial } from './trial';

/** Measurements of this run. */
const MEASURED = join(REPOSITORY, 'dist', 'proof', 'rules');

await run(async ({ progress, session, signal }) => {
  const { trials, report } = readArguments(process.argv.slice(2));
  rmSync(MEASURED, { recursive: true, force: true });
  mkdirSync(MEASURED, { recursive: true });
  const cluster = await session.open();
  if (trials.some((trial) => hasIngress(readObjects(manifestsOf(trial)[0])))) {
    await pushIngressController(progress);
  }
  const { kubernetes } = await cluster.versions();
  const folder = report === undefined ? MEASURED : join(REPOSITORY, report);
  let unproven = 0;
  for (const [i, trial] of trials.entries()) {
    signal.throwIfAborted();
    const title = `${i + 1}/${trials.length} ${trial.rule}: ${trial.event}`;
    try {
      const result = await progress.step(title, () => runTrial(trial, cluster));
      const date = new Date().toISOString().slice(0, 10);
      const why = whyUnproven(result);
      progress.say(`  fail: ${describe(result.fail)}\n  pass: ${describe(result.pass)}`);
      if (why === undefined) {
        const manifests = hashOfManifests(manifestsOf(trial));
        writeResult(folder, { ...result, date, kubernetes, rate: LOAD.rate, manifests });
      } else {
        unproven++;
        progress.say(`  NOT PROVEN: ${why}`);
      }
    } catch (error) {
      unproven++;
      progress.say(`  VOID: ${(error as Error).message}`);
    }
  }
  await session.close();
  console.log(`${trials.length - unproven} of ${trials.length} rules proven`);
  return unproven === 0;
});

async function pushIngressController(progress: Progress): Promise<void> {
  const images = await buildIngressImage(progress);
  await progress.step('push the ingress controller', () => pushImages(images, REGISTRY));
}

async function runTrial(trial: Trial, cluster: Cluster): Promise<TrialResult> {
  const sides = stepsOf(trial).map((step) => new RunningSide(trial, step, cluster));
  const together = trial.alone ? sides.map((side) => [side]) : [sides];
  const found: Side[] = [];
  for (const group of together) {
    found.push(...(await runSides(group, cluster)));
    if (trial.alone) {
      await Promise.all(group.map((side) => side.gone()));
    }
  }
  const [fail, pass] = found;
  return { rule: trial.rule, event: trial.event, fail, pass };
}

/** Runs sides beside each other. */
async function runSides(sides: readonly RunningSide[], cluster: Cluster): Promise<readonly Side[]> {
  try {
    await all(sides.map((side) => side.open()));
    await cluster.flushConntrack();
    return await all(sides.map((side) => side.measure(MEASURED)));
  } finally {
    await cleanUp(cluster);
  }
}

/** Waits for all, also when one fails, so that nothing runs on. */
async function all<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
