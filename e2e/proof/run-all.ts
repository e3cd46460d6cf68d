import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import type { Progress } from '../cluster/progress';
import { runScenario, type ScenarioResult } from './run-scenario';
import type { Scenario } from './scenario';

/**
 * Runs each scenario once, one after the other, and keeps the cluster's logs of those that did not hold.
 * @param interrupted once aborted, no further scenario begins
 */
export async function runAll(
  scenarios: readonly Scenario[],
  cluster: Cluster,
  folder: string,
  progress: Progress,
  interrupted: AbortSignal,
): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const [i, scenario] of scenarios.entries()) {
    interrupted.throwIfAborted();
    const title = `${i + 1}/${scenarios.length} ${scenario.name}`;
    const logs = join(folder, 'logs', scenario.id);
    const result = await progress.step(title, () => runScenario(scenario, cluster, folder, logs));
    results.push(result);
    progress.say(line(result));
  }
  return results;
}

const MARKS = { held: '  held', broken: '  BROKEN', void: '  VOID', skipped: '  skipped' };

function line({ outcome, reason, ...counts }: ScenarioResult): string {
  const { requests, failed, keepAliveRequests, keepAliveFailed } = counts;
  const measured = `${failed} of ${requests} failed, kept-alive ${keepAliveFailed} of ${keepAliveRequests}`;
  return [MARKS[outcome], ...(requests > 0 ? [measured] : []), ...(reason ? [reason] : [])].join(': ');
}
