import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { callsPerService } from '../figures/work';
import { renderChart } from './chart';
import { environment } from './environment';
import { replaceBetween, writeWhole } from './files';
import type { Measured } from './measure';
import { measureAll } from './measure';
import { caseName, SIDE_NAMES } from './plan';
import { Progress } from './progress';
import { summarize } from './summary';
import { renderResult, renderTable } from './table';

const DOCS = fileURLToPath(new URL('../docs/bench', import.meta.url));
const README = join(DOCS, 'README.md');
const [BEGIN, END] = ['<!-- result -->', '<!-- end of the result -->'];

function readRepeats(): number {
  const { values } = parseArgs({ options: { repeats: { type: 'string', default: '5' } } });
  const repeats = Number(values.repeats);
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new Error(`--repeats ${values.repeats}: it has to be a whole number of at least 1.`);
  }
  return repeats;
}

/** Measures with progress on standard error. Ctrl-C stops it, and nothing of it stays behind. */
async function measureWithProgress(repeats: number): Promise<Measured[]> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-zero-downtime-bench-'));
  const progress = new Progress();
  try {
    return await measureAll(repeats, folder, stop.signal, (done, total, one, side) =>
      progress.show(done, total, `${SIDE_NAMES[side]}, services: ${caseName(one)}`),
    );
  } finally {
    progress.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const repeats = readRepeats();
  const where = environment();
  const page = readFileSync(README, 'utf8');
  const measured = await measureWithProgress(repeats);
  const rows = measured.map(summarize);
  await writeWhole(
    join(DOCS, 'results.json'),
    JSON.stringify({ environment: where, callsPerService: callsPerService(), repeats, measured }),
  );
  await writeWhole(join(DOCS, 'bench.svg'), renderChart(rows));
  await writeWhole(README, replaceBetween(page, BEGIN, END, renderResult(where, repeats, rows)));
  console.log(`${renderTable(rows)}\n\nWritten to docs/bench: README.md, bench.svg, results.json`);
}

main().catch((error: Error) => {
  console.error(`The benchmark was not made: ${error.message}`);
  process.exitCode = 1;
});
