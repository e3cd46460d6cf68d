import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onInterrupt } from '../cluster/attempt';
import type { Cluster } from '../cluster/cluster';
import { pushImages } from '../cluster/images';
import { REPOSITORY } from '../cluster/paths';
import { Progress } from '../cluster/progress';
import { REGISTRY } from '../cluster/topology';
import { buildIngressImage } from '../ingress/image';
import { Session } from '../proof/session';
import { readArguments } from './arguments';
import { hashOfManifests, writeResult } from './results';
import { LOAD, runSide } from './run-side';
import { describe, type TrialResult, whyUnproven } from './side';
import { hasIngress, readObjects } from './site';
import { manifestsOf, type Trial } from './trial';

/** Measurements of this run. */
const MEASURED = join(REPOSITORY, 'dist', 'proof', 'rules');

const progress = new Progress();
const session = new Session(progress);
const interrupt = new AbortController();
onInterrupt((signal) => {
  interrupt.abort();
  return session.giveUp(`stopped by ${signal}`);
});
try {
  const { trials, report } = readArguments(process.argv.slice(2));
  rmSync(MEASURED, { recursive: true, force: true });
  mkdirSync(MEASURED, { recursive: true });
  const cluster = await session.open();
  if (trials.some((trial) => hasIngress(readObjects(manifestsOf(trial)[0])))) await pushIngressController();
  const { kubernetes } = await cluster.versions();
  const folder = report === undefined ? MEASURED : join(REPOSITORY, report);
  let unproven = 0;
  for (const [i, trial] of trials.entries()) {
    interrupt.signal.throwIfAborted();
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
  process.exitCode = unproven > 0 ? 1 : 0;
} catch (error) {
  if (!interrupt.signal.aborted) await session.giveUp((error as Error).message);
  process.exitCode = 1;
}

async function pushIngressController(): Promise<void> {
  const images = await buildIngressImage(progress);
  await progress.step('push the ingress controller', () => pushImages(images, REGISTRY));
}

async function runTrial(trial: Trial, cluster: Cluster): Promise<TrialResult> {
  const files = manifestsOf(trial);
  const [fail, pass] = files.slice(-2);
  const from = (side: string) => (trial.kind === 'upgrade' ? files[0] : side);
  return {
    rule: trial.rule,
    event: trial.event,
    fail: await runSide(trial, { from: from(fail), to: fail }, true, cluster, MEASURED),
    pass: await runSide(trial, { from: from(pass), to: pass }, false, cluster, MEASURED),
  };
}
