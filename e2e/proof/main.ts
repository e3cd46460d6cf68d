import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from '../../figures/files';
import { REPOSITORY } from '../cluster/paths';
import { manifestsOf } from '../manifests/files';
import { Manifests } from '../manifests/manifests';
import { readJudged, type Judged } from '../report/judged';
import { writeReport } from '../report/write';
import { chooseScenarios, commandFor, readArguments } from './arguments';
import { run } from './run';
import { runAll } from './run-all';

/** Results of this run, and the logs of what went wrong in it. */
const RESULTS = join(REPOSITORY, 'dist', 'proof');

await run(async ({ progress, session, signal }) => {
  const wanted = readArguments(process.argv.slice(2));
  const scenarios = chooseScenarios(wanted);
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const cluster = await session.open(wanted.registry);
  const report = wanted.report ? join(REPOSITORY, wanted.report) : join(RESULTS, 'report');
  const judged: Judged = wanted.resume ? readJudged(report) : { results: [], files: {} };
  const open = scenarios.filter(({ id }) => judged.results.every((result) => result.id !== id));
  const now = await runAll(open, cluster, RESULTS, progress, signal);
  const results = scenarios.map(({ id }) => [...judged.results, ...now].find((result) => result.id === id)!);
  writeReport(report, results, {
    files: { ...judged.files, ...hashFiles(Manifests.examples.flatMap(manifestsOf)) },
    command: commandFor(wanted),
    versions: await cluster.versions(),
  });

  const count = (...outcomes: string[]) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  progress.say(`The report is in ${report}`);
  return {
    ok: count('broken', 'void') === 0 && count('held') > 0,
    summary: `${count('held')} passed, ${count('broken', 'void')} failed, ${count('skipped')} skipped`,
  };
});
