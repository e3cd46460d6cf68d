import { build } from 'hdr-histogram-js';

/** What a histogram says, in milliseconds. All zero when nothing was recorded. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Durations with three significant digits, however many there are. */
export class Histogram {
  private readonly microseconds = build({ numberOfSignificantValueDigits: 3, autoResize: true });

  /** Records one duration; one below zero counts as zero. */
  record(ms: number): void {
    this.microseconds.recordValue(Math.max(0, Math.round(ms * 1000)));
  }

  /** How many durations were recorded. */
  get count(): number {
    return this.microseconds.totalCount;
  }

  /** The percentiles of everything recorded so far. */
  percentiles(): Percentiles {
    const max = this.microseconds.maxValue;
    // A percentile is the upper end of its bucket, which may lie above every value.
    const at = (percentile: number) =>
      Math.min(this.microseconds.getValueAtPercentile(percentile), max) / 1000;
    return { p50: at(50), p90: at(90), p99: at(99), max: max / 1000 };
  }
}
