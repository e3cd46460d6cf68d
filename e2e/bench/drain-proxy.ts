/**
 * What a drain proxy costs: the same application with and without it, side by side in one run on the real cluster. Writes
 * `docs/bench/drain-proxy.md` and the numbers beside it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildVegeta } from '../../cli/vegeta/vegeta';
import { writeWhole } from '../../bench/files';
import { onInterrupt } from '../cluster/attempt';
import { REPOSITORY } from '../cluster/paths';
import { Progress } from '../cluster/progress';
import { Session } from '../proof/session';
import { renderDrainProxyPage } from './drain-proxy-page';
import { measureDrainProxy } from './measure-drain-proxy';

const FOLDER = join(REPOSITORY, 'docs', 'bench');

const progress = new Progress();
const session = new Session(progress);
let interrupted = false;
onInterrupt((signal) => {
  interrupted = true;
  return session.giveUp(`stopped by ${signal}`);
});
try {
  const vegeta = await progress.step('vegeta', async () => buildVegeta());
  const cluster = await session.open();
  const result = await measureDrainProxy(cluster, vegeta, progress);
  await session.close();
  mkdirSync(FOLDER, { recursive: true });
  await writeWhole(join(FOLDER, 'drain-proxy.json'), JSON.stringify(result));
  await writeWhole(join(FOLDER, 'drain-proxy.md'), renderDrainProxyPage(result));
  progress.say('Written to docs/bench: drain-proxy.md, drain-proxy.json');
} catch (error) {
  if (!interrupted) await session.giveUp((error as Error).message);
  process.exitCode = 1;
}
