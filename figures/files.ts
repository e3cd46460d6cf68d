import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** SHA-256 of files that figures depend on, by path from the root of the repository. */
export type FileHashes = Readonly<Record<string, string>>;

/** The hashes of files as they are now. */
export function hashFiles(paths: readonly string[]): FileHashes {
  return Object.fromEntries([...paths].sort().map((path) => [path, hashOf(path)]));
}

/** The files that have changed or gone since their hashes were taken. */
export function changedFiles(hashes: FileHashes): string[] {
  return Object.keys(hashes).filter((path) => !existsSync(join(ROOT, path)) || hashOf(path) !== hashes[path]);
}

function hashOf(path: string): string {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, path)))
    .digest('hex');
}
