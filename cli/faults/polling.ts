import { setTimeout as sleep } from 'node:timers/promises';

/** Far more than anything here takes, on a busy machine too. */
export const mostSeconds = 90;

/** How often something that gives no sign is looked at. */
export const pollMs = 20;

/** Waits for something that gives no sign when it happens. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = performance.now() + mostSeconds * 1000;
  while (!isSo()) {
    if (performance.now() > end) {
      throw new Error(`waited ${mostSeconds} s for ${what}`);
    }
    await sleep(pollMs);
  }
}
