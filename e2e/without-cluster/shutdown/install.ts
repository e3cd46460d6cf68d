import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached, hashOf } from '../../cluster/cache';
import { filesBelow } from '../../cluster/image-group';
import { E2E } from '../../cluster/paths';
import { run, succeeds } from '../../cluster/shell';

export const SERVERS = join(E2E, 'without-cluster', 'shutdown', 'servers');

/** Debian packages, with the command that shows that each is there. */
const DEBIAN_PACKAGES = { nginx: 'nginx', maven: 'mvn', 'default-jdk-headless': 'javac' };

/** The folders of the servers; those that need it are compiled. */
export interface Installed {
  readonly go: string;
  readonly python: string;
  readonly spring: string;
  /** For files that the servers write; the caller of {@link install} removes it. */
  readonly scratch: string;
}

/** Installs and compiles what is not there yet. */
export async function install(): Promise<Installed> {
  await installPackages();
  const scratch = mkdtempSync(join(tmpdir(), 'zero-downtime-shutdown-'));
  return { go: await go(), python: await python(), spring: await spring(), scratch };
}

async function installPackages(): Promise<void> {
  const missing: string[] = [];
  for (const [name, command] of Object.entries(DEBIAN_PACKAGES)) {
    if (!(await succeeds('which', [command]))) {
      missing.push(name);
    }
  }
  if (missing.length > 0) {
    await run('sh', [join(E2E, 'cluster', 'packages.sh'), ...missing]);
  }
}

function go(): Promise<string> {
  const source = join(SERVERS, 'go');
  return cached(`shutdown-go-${hashOf([], filesBelow(source))}`, async (folder) => {
    await run('go', ['build', '-o', folder, './...'], { cwd: source });
  });
}

function python(): Promise<string> {
  const requirements = join(SERVERS, 'requirements.txt');
  return cached(`shutdown-python-${hashOf([], [requirements])}`, async (folder) => {
    await run('python3', ['-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '-r', requirements];
    await run(join(folder, 'bin/python'), pip);
  });
}

function spring(): Promise<string> {
  const source = join(SERVERS, 'spring');
  return cached(`shutdown-spring-${hashOf([], filesBelow(source))}`, async (folder) => {
    cpSync(source, folder, { recursive: true });
    await run('mvn', ['--batch-mode', '--quiet', 'package'], { cwd: folder });
  });
}
