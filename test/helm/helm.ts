import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Builds Helm, as pinned in go.mod and go.sum, into the user's cache and returns the path of the program. */
export function buildHelm(): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-zero-downtime');
  const program = join(cache, 'helm');
  mkdirSync(cache, { recursive: true });
  execFileSync('go', ['build', '-mod=readonly', '-o', program, 'helm.sh/helm/v3/cmd/helm'], {
    cwd: __dirname,
    stdio: 'inherit',
  });
  return program;
}
