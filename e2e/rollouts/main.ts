import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onInterrupt } from '../cluster/attempt';
import { REPOSITORY } from '../cluster/paths';
import { Progress } from '../cluster/progress';
import { Session } from '../proof/session';
import { RECORDED } from './deployments';
import { record } from './record';

/** Recordings, which the tests of `zero-downtime check --plan` compare with its plans. */
const FOLDER = join(REPOSITORY, 'docs', 'proof', 'rollouts');

const progress = new Progress();
const session = new Session(progress);
const interrupt = new AbortController();
onInterrupt((signal) => {
  interrupt.abort();
  return session.giveUp(`stopped by ${signal}`);
});
try {
  const only = process.argv.slice(2);
  const unknown = only.find((name) => !(name in RECORDED));
  if (unknown !== undefined) {
    throw new Error(`got ${unknown}; write nothing, or names of ${Object.keys(RECORDED).join(', ')}`);
  }
  const names = only.length > 0 ? only : Object.keys(RECORDED);
  mkdirSync(FOLDER, { recursive: true });
  const cluster = await session.open();
  for (const name of names) {
    interrupt.signal.throwIfAborted();
    const recording = await progress.step(`rollout ${name}`, () => record(name, RECORDED[name], cluster));
    writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(recording, null, 2) + '\n');
  }
  await session.close();
} catch (error) {
  if (!interrupt.signal.aborted) await session.giveUp((error as Error).message);
  process.exitCode = 1;
}
