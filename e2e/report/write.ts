import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { toSvg } from 'zero-downtime';
import type { ScenarioResult } from '../proof/run-scenario';
import { controlFixed } from '../scenarios/control-fixed';
import { controlNaive } from '../scenarios/control-naive';
import { rollout } from '../scenarios/rollout';
import { toJson } from './json';
import { toMarkdown } from './markdown';
import type { Run } from './run';
import { stackedSvg } from './stacked-svg';

/** The scenarios of the picture. */
const PICTURE = [
  { name: controlNaive.name, title: 'The naive manifest of the article' },
  { name: controlFixed.name, title: 'Its fix: a readiness probe and a rolling update' },
  { name: rollout.name, title: 'ZeroDowntimeDeployment, the same rollout and back' },
];

/** Writes the report into a folder, which it replaces as a whole. */
export function writeReport(
  folder: string,
  results: readonly ScenarioResult[],
  versions: Record<string, string>,
  seconds: number,
): void {
  const run: Run = {
    cores: cpus().length,
    processor: cpus()[0].model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    versions: { ...versions, node: process.version },
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round(seconds / 60),
  };
  const drawn = PICTURE.map(({ name }) => name);
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(`${folder}-`);
  writeFileSync(join(work, 'README.md'), toMarkdown(results, run));
  writeFileSync(join(work, 'results.json'), toJson(results, run, drawn));
  writeFileSync(join(work, 'rollout.svg'), stackedSvg(pictures(results)));
  rmSync(folder, { recursive: true, force: true });
  renameSync(work, folder);
}

function pictures(results: readonly ScenarioResult[]) {
  return PICTURE.flatMap(({ name, title }) => {
    const measured = results.find((result) => result.name === name)?.measured;
    return measured ? [{ title, svg: toSvg(measured) }] : [];
  });
}
