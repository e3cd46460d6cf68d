import { describe, expect, it } from 'vitest';
import { Histogram } from '../../src/probe/histogram.js';
import { fc } from '../random.js';

describe('Histogram', () => {
  it('is all zero without values', () => {
    expect(new Histogram().percentiles()).toEqual({ p50: 0, p90: 0, p99: 0, max: 0 });
  });

  it('is within a thousandth of the exact percentiles, which never exceed the maximum', () => {
    const durations = fc.array(fc.double({ min: 0, max: 600_000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(durations, (values) => {
        const histogram = new Histogram();
        for (const value of values) {
          histogram.record(value);
        }
        const sorted = values.sort((a, b) => a - b);
        const { p50, p99, max } = histogram.percentiles();
        const exact = sorted[Math.ceil(sorted.length / 2) - 1];
        expect(histogram.count).toBe(values.length);
        expect(Math.abs(p50 - exact)).toBeLessThanOrEqual(exact / 1000 + 0.001);
        expect(Math.abs(max - sorted[sorted.length - 1])).toBeLessThanOrEqual(max / 1000 + 0.001);
        expect(p99).toBeLessThanOrEqual(max);
      }),
    );
  });
});
