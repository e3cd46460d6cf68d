import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PacedWork } from '../../src/probe/paced-work.js';

let clockMs = 0;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(performance, 'now').mockImplementation(() => clockMs);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('PacedWork', () => {
  it('is done at once as long as it takes little time', () => {
    const work = new PacedWork();
    const done: number[] = [];
    for (let n = 0; n < 100; n++) {
      work.do(() => done.push(n));
    }
    expect(done).toHaveLength(100);
    expect(work.waitingCount).toBe(0);
  });

  it('waits for later turns of the event loop, in its order, when this one had 20 ms of it', () => {
    const work = new PacedWork();
    const done: number[] = [];
    for (let n = 0; n < 5; n++) {
      work.do(() => {
        clockMs += 15;
        done.push(n);
      });
    }
    expect(done).toEqual([0, 1]);
    expect(work.waitingCount).toBe(3);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual([0, 1, 2, 3]);
    vi.advanceTimersToNextTimer();
    expect(done).toEqual([0, 1, 2, 3, 4]);
    vi.advanceTimersToNextTimer();
    expect(vi.getTimerCount()).toBe(0);
  });
});
