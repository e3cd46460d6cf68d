import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { toSvg } from 'zero-downtime';
import type { ScenarioResult } from '../proof/run-scenario';
import { cloudTiming } from '../scenarios/cloud-timing';
import { controlFixed } from '../scenarios/control-fixed';
import { controlNaive } from '../scenarios/control-naive';
import { rollout } from '../scenarios/rollout';
import { number } from './format';
import { toJson } from './json';
import { toMarkdown } from './markdown';
import type { Run } from './run';
import { stackedSvg } from './stacked-svg';

/** The slowest of the changes behind a cloud's timing. */
const nodeLeavesAws = cloudTiming.filter(({ id }) => id.endsWith('node-leaves-aws'));

/** The scenarios of the picture; those that did not run are left out. */
const PICTURE = [
  { id: controlNaive.id, title: 'Naive manifest' },
  { id: controlFixed.id, title: 'Readiness probe, rolling update' },
  { id: rollout.id, title: 'ZeroDowntimeDeployment, and back' },
  ...nodeLeavesAws.map(({ id, kind }) => ({
    id,
    title: kind === 'ours' ? 'ZeroDowntimeDeployment' : 'Defaults of cdk8s-plus-27',
  })),
];

/** Writes the report into a folder. Each file is replaced at once, so that none is half-written. */
export function writeReport(
  folder: string,
  results: readonly ScenarioResult[],
  versions: Record<string, string>,
  command: string,
  seconds: number,
): void {
  const run: Run = {
    cores: cpus().length,
    processor: cpus()[0].model,
    command,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    versions: { ...versions, node: process.version },
    date: new Date().toISOString().slice(0, 10),
    minutes: Math.round(seconds / 60),
  };
  const drawn = PICTURE.map(({ id }) => id);
  const files = {
    'README.md': toMarkdown(results, run),
    'results.json': toJson(results, run, drawn),
    'rollout.svg': stackedSvg(pictures(results)),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
}

function pictures(results: readonly ScenarioResult[]) {
  return PICTURE.flatMap(({ id, title }) => {
    const result = results.find((candidate) => candidate.id === id);
    if (!result?.measured) {
      return [];
    }
    const { requests, failed } = result;
    const counts = `${number(failed)} of ${number(requests)} on new connections failed`;
    return [{ title: `${title}: ${counts}`, svg: toSvg(result.measured) }];
  });
}
