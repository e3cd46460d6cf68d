import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { ScenarioResult } from '../proof/run-scenario';
import { toJson } from './json';
import { toMarkdown } from './markdown';
import { DRAWN, pictures } from './pictures';
import type { Run } from './run';
import { stackedSvg } from './stacked-svg';

/** Writes the report into a folder. Each file is replaced at once, so that none is half-written. */
export function writeReport(
  folder: string,
  results: readonly ScenarioResult[],
  { versions, ...measured }: Pick<Run, 'files' | 'command' | 'versions'>,
): void {
  const run: Run = {
    ...measured,
    cores: cpus().length,
    processor: cpus()[0].model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    versions: { ...versions, node: process.version },
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round(results.reduce((sum, { seconds }) => sum + seconds, 0) / 60),
  };
  const files = {
    'README.md': toMarkdown(results, run),
    'results.json': toJson(results, run, DRAWN),
    'rollout.svg': stackedSvg(pictures(results)),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
}
