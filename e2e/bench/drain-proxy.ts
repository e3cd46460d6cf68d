/**
 * What a drain proxy costs: the same application with and without it, side by side in one run on the real cluster. Writes
 * `docs/bench/drain-proxy.md` and the numbers beside it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildVegeta } from '../../cli/vegeta/vegeta';
import { writeWhole } from '../../bench/files';
import { hashFiles } from '../../figures/files';
import { REPOSITORY } from '../cluster/paths';
import { manifestsOf } from '../manifests/files';
import { run } from '../proof/run';
import { renderDrainProxyPage } from './drain-proxy-page';
import { measureDrainProxy } from './measure-drain-proxy';

const FOLDER = join(REPOSITORY, 'docs', 'bench');

await run(async ({ progress, session }) => {
  const vegeta = await progress.step('vegeta', async () => buildVegeta());
  const cluster = await session.open();
  const result = await measureDrainProxy(cluster, vegeta, progress);
  mkdirSync(FOLDER, { recursive: true });
  await writeWhole(
    join(FOLDER, 'drain-proxy.json'),
    JSON.stringify({ ...result, files: hashFiles(manifestsOf('drain-proxy')) }),
  );
  await writeWhole(join(FOLDER, 'drain-proxy.md'), renderDrainProxyPage(result));
  progress.say('Written to docs/bench: drain-proxy.md, drain-proxy.json');
  return { ok: true };
});
