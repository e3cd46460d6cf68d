import { setTimeout as sleep } from 'node:timers/promises';
import { POLL } from '../timeouts';

/** What {@link waitFor} waits for did not happen in time. */
export class TimeoutError extends Error {}

/**
 * Calls `check` again and again until it returns true.
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

/** An error after which it is no use to wait any longer. */
export class FatalError extends Error {}
