import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Builds a program, as pinned in the go.mod and go.sum of a folder, into the user's cache.
 *
 * @returns the path of the program
 */
export function buildGoProgram(folder: string, name: string, goPackage: string): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-zero-downtime');
  const program = join(cache, name);
  mkdirSync(cache, { recursive: true });
  execFileSync('go', ['build', '-mod=readonly', '-o', program, goPackage], { cwd: folder, stdio: 'inherit' });
  return program;
}
