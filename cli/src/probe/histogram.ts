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
    const at = (percentile: number) => this.microseconds.getValueAtPercentile(percentile) / 1000;
    return { p50: at(50), p90: at(90), p99: at(99), max: this.microseconds.maxValue / 1000 };
  }
}
