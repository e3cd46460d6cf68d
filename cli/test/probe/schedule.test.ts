import { describe, expect, it } from 'vitest';
import { Schedule } from '../../src/probe/schedule.js';
import { fc } from '../random.js';

function takeUntil(schedule: Schedule, nowMs: number): number[] {
  const moments: number[] = [];
  while (schedule.nextMs <= nowMs) {
    moments.push(schedule.take().intendedMs);
  }
  return moments;
}

describe('Schedule', () => {
  it('has its first request at 0 and the others evenly spread', () => {
    expect(takeUntil(new Schedule(4, 1000), 1000)).toEqual([0, 250, 500, 750, 1000]);
  });

  it('keeps its moments however late they are taken', () => {
    const late = new Schedule(200, 1000);
    expect(takeUntil(late, 700)).toHaveLength(141);
    expect(late.take().intendedMs).toBe(705);
  });

  it('does not drift', () => {
    const schedule = new Schedule(3, 1000);
    for (let i = 0; i < 3_000_000; i++) {
      schedule.take();
    }
    expect(schedule.nextMs).toBe(1_000_000_000);
  });

  it('knows how many requests come before a moment, which is exactly how many are taken', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10_000, noNaN: true }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.double({ min: 0, max: 2_000, noNaN: true }),
        (number, everyMs, endMs) => {
          const schedule = new Schedule(number, everyMs);
          const expected = schedule.countBefore(endMs);
          fc.pre(expected < 50_000);
          while (schedule.nextMs < endMs) {
            schedule.take();
          }
          return schedule.next === expected;
        },
      ),
    );
  });
});
