import type { ScenarioResult } from '../proof/run-scenario';
import type { Run } from './run';

/** Every number of the run, one scenario in a line. */
export function toJson(results: readonly ScenarioResult[], run: Run): string {
  const lines = results.map((result) => JSON.stringify(result));
  return `{ "run": ${JSON.stringify(run)},\n"results": [\n${lines.join(',\n')}\n] }\n`;
}
