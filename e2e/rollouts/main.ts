import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../cluster/paths';
import { run } from '../proof/run';
import { RECORDED } from './deployments';
import { record } from './record';

/** Recordings, which the tests of `zero-downtime check --plan` compare with its plans. */
const FOLDER = join(REPOSITORY, 'docs', 'proof', 'rollouts');

await run(async ({ progress, session, signal }) => {
  const only = process.argv.slice(2);
  const unknown = only.find((name) => !(name in RECORDED));
  if (unknown !== undefined) {
    throw new Error(
      `there is no recording ${unknown}.\nWhat to do: leave it out to record all, or write some of ${Object.keys(RECORDED).join(', ')}`,
    );
  }
  const names = only.length > 0 ? only : Object.keys(RECORDED);
  mkdirSync(FOLDER, { recursive: true });
  const cluster = await session.open();
  for (const name of names) {
    signal.throwIfAborted();
    const recording = await progress.step(`rollout ${name}`, () => record(name, RECORDED[name], cluster));
    writeFileSync(join(FOLDER, `${name}.json`), JSON.stringify(recording, null, 2) + '\n');
  }
  return { ok: true };
});
