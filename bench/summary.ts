import type { Measured } from './measure';
import type { Case, Side } from './plan';
import { services } from './plan';

/** The medians of a side's samples, per service where a service causes them. */
export interface Medians {
  readonly millisecondsPerService: number;
  readonly cpuMillisecondsPerService: number;
  readonly mebibytes: number;
}

/** A row of the result. */
export interface Row {
  readonly case: Case;
  readonly sides: Record<Side, Medians>;
  /** ZeroDowntimeDeployment's time divided by plain cdk8s-plus's. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

/** The samples of a case as one row. */
export function summarize({ case: one, samples }: Measured): Row {
  const perSide = (side: Side): Medians => ({
    millisecondsPerService: median(samples[side], 'milliseconds') / services(one),
    cpuMillisecondsPerService: median(samples[side], 'cpuMilliseconds') / services(one),
    mebibytes: median(samples[side], 'mebibytes'),
  });
  const sides = { plain: perSide('plain'), zeroDowntime: perSide('zeroDowntime'), data: perSide('data') };
  return {
    case: one,
    sides,
    ratio: sides.zeroDowntime.millisecondsPerService / sides.plain.millisecondsPerService,
    cpuRatio: sides.zeroDowntime.cpuMillisecondsPerService / sides.plain.cpuMillisecondsPerService,
  };
}

/** The middle of what the samples have under a key. */
export function median<Key extends string>(
  samples: readonly Readonly<Record<Key, number>>[],
  key: Key,
): number {
  const values = samples.map((sample) => sample[key]).sort((a, b) => a - b);
  const middle = values.length / 2;
  return (values[Math.floor(middle)] + values[Math.ceil(middle) - 1]) / 2;
}
