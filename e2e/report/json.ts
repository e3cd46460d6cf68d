import type { ScenarioResult } from '../proof/run-scenario';
import type { Run } from './run';

/**
 * What was measured, with one line for each scenario.
 * @param drawn ids of the scenarios whose timelines are kept, in steps of 100 ms; those of all scenarios would be megabytes
 */
export function toJson(results: readonly ScenarioResult[], run: Run, drawn: readonly string[]): string {
  const lines = results.map((result) => {
    const { id, measured } = result;
    const kept = measured && !drawn.includes(id) ? { ...measured, timeline: [] } : measured;
    return JSON.stringify({ ...result, measured: kept });
  });
  return `{ "run": ${JSON.stringify(run)},\n"results": [\n${lines.join(',\n')}\n] }\n`;
}
