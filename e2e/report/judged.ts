import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changedFiles, type FileHashes } from '../../figures/files';
import type { ScenarioResult } from '../proof/run-scenario';
import type { Run } from './run';

/** What a report knows already. */
export interface Judged {
  readonly results: readonly ScenarioResult[];
  readonly files: FileHashes;
}

/**
 * The results of a report that have a verdict. A scenario that was void or skipped has none, and may run again.
 * @throws if the manifests have changed since
 */
export function readJudged(folder: string): Judged {
  const { run, results } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as {
    run: Run;
    results: ScenarioResult[];
  };
  const changed = changedFiles(run.files);
  if (changed.length > 0) {
    throw new Error(
      `--resume: ${changed.join(', ')} changed since the report.\nWhat to do: leave --resume out`,
    );
  }
  const judged = results.filter(({ outcome }) => outcome === 'held' || outcome === 'broken');
  return { results: judged, files: run.files };
}
