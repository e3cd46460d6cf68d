import { setTimeout as sleep } from 'node:timers/promises';
import { POLL } from '../timeouts';

/** What {@link waitFor} is waiting for did not come. */
export class TimeoutError extends Error {}

/**
 * Asks `check` again and again until it says true.
 * @throws TimeoutError naming `what` and the last error of `check`
 */
export async function waitFor(what: string, seconds: number, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let last = '';
  while (Date.now() < end) {
    try {
      if (await check()) {
        return;
      }
    } catch (error) {
      if (error instanceof FatalError) {
        throw error;
      }
      last = `: ${(error as Error).message}`;
    }
    await sleep(POLL * 1000);
  }
  throw new TimeoutError(`${what} did not happen within ${seconds} s${last}`);
}

/** Waiting longer cannot help. */
export class FatalError extends Error {}
