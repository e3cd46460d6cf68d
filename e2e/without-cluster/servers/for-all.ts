import fc from 'fast-check';
import { numRuns, SEED } from '../../../test/support/random';

/** How many combinations of props are sent. */
export const NUM_RUNS = numRuns(2000);

/** Values that are tried at the same time. Each lane has its own seeds. */
const LANES = 6;
const REPORT_MS = 10_000;
/** How long a failing value is shrunk. */
const SHRINK_MS = 60_000;

/** Checks many values, shows the progress, and at a failure shows the smallest value that fails. */
export async function expectForAll<T>(
  title: string,
  runs: number,
  values: fc.Arbitrary<T>,
  check: (value: T) => Promise<void>,
): Promise<void> {
  const begin = Date.now();
  let done = 0;
  let firstFailure = Infinity;
  const report = () =>
    console.error(`${title}: ${done} of ${runs}, ${Math.round((Date.now() - begin) / 1000)} s, seed ${SEED}`);
  const timer = setInterval(report, REPORT_MS);
  const property = fc.asyncProperty(values, async (value) => {
    // From then on every value passes, which ends the shrinking with the smallest value so far.
    if (Date.now() > firstFailure + SHRINK_MS) {
      return;
    }
    try {
      await check(value);
    } catch (error) {
      firstFailure = Math.min(firstFailure, Date.now());
      throw error;
    }
    done += 1;
  });
  try {
    await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        fc.assert(property, { seed: SEED + 1_000_003 * lane, numRuns: Math.ceil(runs / LANES) }),
      ),
    );
    report();
  } finally {
    clearInterval(timer);
  }
}
