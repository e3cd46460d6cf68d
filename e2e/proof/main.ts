import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onInterrupt } from '../cluster/attempt';
import { REPOSITORY } from '../cluster/paths';
import { Progress } from '../cluster/progress';
import { writeReport } from '../report/write';
import { chooseScenarios, commandFor, readArguments } from './arguments';
import { runAll } from './run-all';
import { Session } from './session';

/** Results of this run, and the logs of what went wrong in it. */
const RESULTS = join(REPOSITORY, 'dist', 'proof');

const progress = new Progress();
const session = new Session(progress);
const interrupt = new AbortController();
onInterrupt((signal) => {
  interrupt.abort();
  return session.giveUp(`stopped by ${signal}`);
});
try {
  const wanted = readArguments(process.argv.slice(2));
  const scenarios = chooseScenarios(wanted);
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });

  const begin = Date.now();
  const cluster = await session.open(wanted.registry);
  const results = await runAll(scenarios, cluster, RESULTS, progress, interrupt.signal);
  const report = wanted.report ? join(REPOSITORY, wanted.report) : join(RESULTS, 'report');
  const seconds = (Date.now() - begin) / 1000;
  writeReport(report, results, await cluster.versions(), commandFor(wanted), seconds);
  await session.close();

  const count = (...outcomes: string[]) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  progress.say(`The report is in ${report}`);
  console.log(`${count('held')} passed, ${count('broken', 'void')} failed, ${count('skipped')} skipped`);
  process.exitCode = count('broken', 'void') > 0 || count('held') === 0 ? 1 : 0;
} catch (error) {
  if (!interrupt.signal.aborted) await session.giveUp((error as Error).message);
  process.exitCode = 1;
}
