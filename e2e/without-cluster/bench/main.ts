/** Compares the time and memory of `zero-downtime check` with other tools. Writes `docs/bench/check.md` and the file of its numbers. */
import { join } from 'node:path';
import { environment, type Environment } from '../../../bench/environment';
import { writeWhole } from '../../../bench/files';
import { median } from '../../../bench/summary';
import { hashFiles } from '../../../figures/files';
import { REPOSITORY } from '../../cluster/paths';
import { Progress } from '../../cluster/progress';
import { number } from '../../report/format';
import { buildTools } from '../judges/build';
import { build, measure, type Measured } from './measure';

const FOLDER = join(REPOSITORY, 'docs', 'bench');
const SIZES = [250, 500, 1_000, 2_000, 4_000];
const REPEATS = 5;
/** It names every rule. */
const RULES = 'cli/schema/config.schema.json';

const progress = new Progress();
const where = environment();
build();
const tools = await buildTools(progress);
const measured: Measured[] = [];
for (const size of SIZES) {
  await progress.step(`${size} manifests`, async () => measured.push(measure(size, REPEATS, tools)));
}
await writeWhole(
  join(FOLDER, 'check.json'),
  JSON.stringify({ environment: where, files: hashFiles([RULES]), repeats: REPEATS, measured }),
);
await writeWhole(join(FOLDER, 'check.md'), page(where, measured));
progress.say('Written to docs/bench: check.md, check.json');

function page(
  { date, commit, cpu, cores, loadBefore, versions }: Environment,
  rows: readonly Measured[],
): string {
  const programs = Object.keys(rows[0].samples);
  const head = ['manifests', 'MB', ...programs.flatMap((name) => [`${name}, s`, 'CPU s', 'MiB'])];
  const lines = rows.map(({ manifests, bytes, samples }) => [
    number(manifests),
    (bytes / 1e6).toFixed(1),
    ...programs.flatMap((name) => [
      median(samples[name], 'seconds').toFixed(2),
      median(samples[name], 'cpuSeconds').toFixed(2),
      median(samples[name], 'mebibytes').toFixed(0),
    ]),
  ]);
  const table = [head, head.map(() => '--:'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `# How long a check takes

Written by \`npm run bench:check\`; do not edit.

${table}

Medians of ${REPEATS} runs in turns, each a process of its own: start, files and all. Measured on ${date} at commit ${commit}: ${cpu}, ${cores} cores, Node ${versions.Node},
load average before the run ${loadBefore.toFixed(1)} (an idle machine has 0). A file for each manifest; of 20 there are 6 Deployments, 6 Services,
3 PodDisruptionBudgets, 2 autoscalers, 2 ConfigMaps and a CustomResourceDefinition. \`--against\` reads as many again.

The programs do not do the same: kube-score has checks of its own about one object at a time and some about two, and kubeconform compares
with schemas, here with one that takes everything, so that what remains is reading.
`;
}
