import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Case, Side } from './plan';
import { CASES, SIDES } from './plan';

/** What one process took to synthesize the app once. */
export interface Sample {
  readonly milliseconds: number;
  /** Of all threads: the compiler and the garbage collector of V8 have their own. */
  readonly cpuMilliseconds: number;
  /** Peak resident memory of the process. */
  readonly mebibytes: number;
}

/** The samples of a case, each side's in the order in which they were taken. */
export interface Measured {
  readonly case: Case;
  readonly samples: Record<Side, Sample[]>;
}

const WORKER = fileURLToPath(new URL('worker.mjs', import.meta.url));

/**
 * Measures every case on every side, `repeats` times.
 *
 * The sides take turns, and each starts a turn as often as the others, so that a machine that becomes slower
 * or faster meanwhile does so for all of them.
 *
 * @param folder where manifests go until they are deleted, after each measurement
 * @param stop ends the measurement that runs
 * @param report told before each measurement how many are done, of how many, and what comes next
 */
export async function measureAll(
  repeats: number,
  folder: string,
  stop: AbortSignal,
  report: (done: number, total: number, one: Case, side: Side) => void,
): Promise<Measured[]> {
  const total = CASES.length * SIDES.length * repeats;
  const all = CASES.map((one): Measured => ({
    case: one,
    samples: { plain: [], zeroDowntime: [], data: [] },
  }));
  let done = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const { case: one, samples } of all) {
      for (const turn of SIDES.keys()) {
        const side = SIDES[(repeat + turn) % SIDES.length];
        report(done, total, one, side);
        samples[side].push(await measure(side, one, folder, stop));
        done++;
      }
    }
  }
  return all;
}

async function measure(side: Side, one: Case, folder: string, stop: AbortSignal): Promise<Sample> {
  const outdir = mkdtempSync(join(folder, 'manifests-'));
  const args = [WORKER, side, String(one.charts), String(one.servicesPerChart), outdir];
  const { stdout } = await promisify(execFile)(process.execPath, args, { signal: stop });
  rmSync(outdir, { recursive: true });
  return JSON.parse(stdout);
}
