import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { currentCommit } from '../../figures/commit';
import { hashFiles } from '../../figures/files';
import { REPOSITORY } from '../cluster/paths';
import { manifestsOf } from '../manifests/files';
import { Manifests } from '../manifests/manifests';
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

  const commit = currentCommit();
  const begin = Date.now();
  const cluster = await session.open(wanted.registry);
  const results = await runAll(scenarios, cluster, RESULTS, progress, signal);
  const report = wanted.report ? join(REPOSITORY, wanted.report) : join(RESULTS, 'report');
  writeReport(report, results, {
    commit,
    files: hashFiles(Manifests.examples.flatMap(manifestsOf)),
    command: commandFor(wanted),
    versions: await cluster.versions(),
    minutes: Math.round((Date.now() - begin) / 60_000),
  });

  const count = (...outcomes: string[]) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  progress.say(`The report is in ${report}`);
  return {
    ok: count('broken', 'void') === 0 && count('held') > 0,
    summary: `${count('held')} passed, ${count('broken', 'void')} failed, ${count('skipped')} skipped`,
  };
});
