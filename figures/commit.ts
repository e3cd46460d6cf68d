import { execFileSync } from 'node:child_process';
import { ROOT } from './root';

/** The commit of the working tree, shortened. It ends in `-dirty` if a file differs from it. */
export function currentCommit(): string {
  const describe = ['describe', '--always', '--abbrev=7', '--dirty', '--exclude', '*'];
  return execFileSync('git', describe, { cwd: ROOT, encoding: 'utf8' }).trim();
}
