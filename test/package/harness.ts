import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Something that has to hold, shown in an empty folder outside the repository; throws if it does not. */
export interface Check {
  readonly name: string;
  run(folder: string): Promise<void>;
}

const stop = new AbortController();

/**
 * Runs a command and gives what it wrote to stdout.
 *
 * @throws Error with the command and all that it wrote if its exit status is not 0
 */
export async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd: folder, signal: stop.signal });
    return stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { stdout?: string };
    throw new Error(`${message}\n${stdout ?? ''}`, { cause: error });
  }
}

/** Runs the checks one after the other, prints how each went, and always removes what they wrote. */
export async function runChecks(checks: Check[]): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort());
  }
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-zero-downtime-'));
  try {
    const count = { passed: 0, failed: 0 };
    for (const [index, check] of checks.entries()) {
      if (stop.signal.aborted) {
        break;
      }
      const folder = join(scratch, String(index));
      mkdirSync(folder);
      count[(await passes(check, folder)) ? 'passed' : 'failed'] += 1;
    }
    console.log(`${count.passed} passed, ${count.failed} failed`);
    process.exitCode = count.failed > 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, maxRetries: 3 });
  }
}

async function passes({ name, run }: Check, folder: string): Promise<boolean> {
  console.log(`${name} ...`);
  const start = performance.now();
  try {
    await run(folder);
    console.log(`  passed in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return true;
  } catch (error) {
    console.log(`  FAILED: ${(error as Error).message}`);
    return false;
  }
}
