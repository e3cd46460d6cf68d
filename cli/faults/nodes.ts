import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The versions of Node.js that are supported, by the names that they have in package.json. */
export const nodes = ['node20', 'node22', 'node24'] as const;
export type NodeVersion = (typeof nodes)[number];

/** The oldest one, for what does not depend on the version. */
export const oldestNode: NodeVersion = 'node20';

/** The program of a version. */
export function programOf(version: NodeVersion): string {
  return join(folder, 'node_modules', version, 'bin/node');
}

/** Installs what package-lock.json says, if it is not there yet. */
export function installNodes(): void {
  const isInstalled = nodes.every((version) => versionIn('node_modules', version) === pinned(version));
  if (!isInstalled) {
    execFileSync('npm', ['ci'], { cwd: folder, stdio: 'inherit' });
  }
}

function pinned(version: NodeVersion): string | undefined {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies[version].split('@').at(-1);
}

function versionIn(modules: string, version: NodeVersion): string | undefined {
  const file = join(folder, modules, version, 'package.json');
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
    : undefined;
}
