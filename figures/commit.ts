import { execFileSync } from 'node:child_process';
import { ROOT } from './root';

/** The commit of the working tree, shortened. It ends in `-dirty` if a file outside of docs, where figures are written, differs. */
export function currentCommit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', '.', ':!docs');
  return git('rev-parse', '--short=7', 'HEAD') + (changed === '' ? '' : '-dirty');
}
