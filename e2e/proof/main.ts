import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../cluster/cluster';
import { REPOSITORY } from '../cluster/paths';
import { writeReport } from '../report/write';
import { ALL, MAIN } from '../scenarios';
import { runScenario, type ScenarioResult } from './run-scenario';

const { values } = parseArgs({
  options: { all: { type: 'boolean' }, only: { type: 'string' }, report: { type: 'string' } },
});
const RESULTS = join(REPOSITORY, 'dist', 'proof');

const chosen = (values.all ? ALL : MAIN).filter(({ name }) => name.includes(values.only ?? ''));
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const cluster = await connect();
const results: ScenarioResult[] = [];
for (const [i, scenario] of chosen.entries()) {
  console.error(`… ${i + 1}/${chosen.length} ${scenario.name}`);
  const result = await runScenario(scenario, cluster, RESULTS);
  results.push(result);
  console.error(line(result));
  if (result.outcome === 'broken' || result.outcome === 'void') {
    await cluster.collectLogs(join(RESULTS, 'logs', String(i + 1)));
  }
}
writeReport(
  values.report ? join(REPOSITORY, values.report) : join(RESULTS, 'report'),
  results,
  await cluster.versions(),
);

const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
const failed = count('broken') + count('void');
console.log(`${count('held')} passed, ${failed} failed, ${count('skipped')} skipped`);
process.exitCode = failed > 0 ? 1 : 0;

function line({
  outcome,
  name,
  reason,
  requests,
  failed,
  keepAliveRequests,
  keepAliveFailed,
  seconds,
}: ScenarioResult) {
  const mark = { held: '✓', broken: '✗', void: '✗ void:', skipped: '-' }[outcome];
  const counts = `${failed} of ${requests} failed, kept-alive ${keepAliveFailed} of ${keepAliveRequests}`;
  return `${mark} ${name}: ${counts}, ${seconds} s${reason ? ` (${reason})` : ''}`;
}
