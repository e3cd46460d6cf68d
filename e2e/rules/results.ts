import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrialResult } from './side';

/** A result with when and on what it was measured. */
export interface RecordedResult extends TrialResult {
  readonly date: string;
  /** Commit of the rules and of the proof. */
  readonly commit: string;
  readonly kubernetes: string;
  /** New connections a second. */
  readonly rate: number;
  /** Hash of the manifests that ran: a result is valid only for these. */
  readonly manifests: string;
}

/** The hash of a rule's manifests. */
export function hashOfManifests(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Writes a result into a folder. The file is replaced at once, so that it is never half-written. */
export function writeResult(folder: string, result: RecordedResult): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${result.rule}.json`);
  writeFileSync(`${file}.new`, `${JSON.stringify(result, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Reads the results of a folder. */
export function readResults(folder: string): readonly RecordedResult[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedResult);
}
