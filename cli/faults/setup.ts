import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { installNodes } from './nodes';
import { isSupported } from './platform';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for all files of this run. Everything that the run starts has its name in the environment. */
    runFolder: string;
  }
}

/** Builds the command, and sees to it that nothing of this run stays, however it ends. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!isSupported) {
    return undefined;
  }
  installNodes();
  const cli = fileURLToPath(new URL('..', import.meta.url));
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: cli });

  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  project.provide('runFolder', folder);
  const cleaner = fileURLToPath(new URL('clean-up.ts', import.meta.url));
  // In a group of its own, so that Ctrl-C does not end it together with what it cleans up.
  const child = spawn(process.execPath, ['--import', 'tsx', cleaner, folder], {
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return async () => {
    child.stdin.end();
    await once(child, 'exit');
  };
}
