import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { currentCommit } from '../../figures/commit';
import { pushImages } from '../cluster/images';
import { REPOSITORY } from '../cluster/paths';
import type { Progress } from '../cluster/progress';
import { REGISTRY } from '../cluster/topology';
import { buildIngressImage } from '../ingress/image';
import { run } from '../proof/run';
import { readArguments } from './arguments';
import { findIngress, readObjects } from './objects';
import { hashOfManifests, writeResult } from './results';
import { LOAD } from './run-side';
import { runTrial } from './run-trial';
import { describe, whyUnproven } from './side';
import { manifestsOf } from './trial';

/** Measurements of this run. */
const MEASURED = join(REPOSITORY, 'dist', 'proof', 'rules');

await run(async ({ progress, session, signal }) => {
  const { trials, report } = readArguments(process.argv.slice(2));
  rmSync(MEASURED, { recursive: true, force: true });
  mkdirSync(MEASURED, { recursive: true });
  const commit = currentCommit();
  const cluster = await session.open();
  if (trials.some((trial) => findIngress(readObjects(manifestsOf(trial)[0])))) {
    await pushIngressController(progress);
  }
  const { kubernetes } = await cluster.versions();
  const folder = report === undefined ? MEASURED : join(REPOSITORY, report);
  let unproven = 0;
  for (const [i, trial] of trials.entries()) {
    signal.throwIfAborted();
    const title = `${i + 1}/${trials.length} ${trial.rule}: ${trial.event}`;
    try {
      const result = await progress.step(title, () => runTrial(trial, cluster, MEASURED));
      const date = new Date().toISOString().slice(0, 10);
      const why = whyUnproven(result);
      progress.say(`  fail: ${describe(result.fail)}\n  pass: ${describe(result.pass)}`);
      if (why === undefined) {
        const manifests = hashOfManifests(manifestsOf(trial));
        writeResult(folder, { ...result, date, commit, kubernetes, rate: LOAD.rate, manifests });
      } else {
        unproven++;
        progress.say(`  NOT PROVEN: ${why}`);
      }
    } catch (error) {
      unproven++;
      progress.say(`  VOID: ${(error as Error).message}`);
    }
  }
  return { ok: unproven === 0, summary: `${trials.length - unproven} of ${trials.length} rules proven` };
});

async function pushIngressController(progress: Progress): Promise<void> {
  const images = await buildIngressImage(progress);
  await progress.step('push the ingress controller', () => pushImages(images, REGISTRY));
}
