import type { Duration } from 'cdk8s';
import type { PercentOrAbsolute } from 'cdk8s-plus-27';
import { Refusal } from '../refusals/refusal';

/** Inclusive limits of a number. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** Why a smaller number is refused, although Kubernetes would take it. */
  readonly whyMin?: string;
  /** Why a larger number is refused, although Kubernetes would take it. */
  readonly whyMax?: string;
  /** What to write in place of a value that is not a number. */
  readonly example?: number;
}

/** The largest number that Kubernetes' 32-bit fields hold. */
export const MAX_INT32 = 2_147_483_647;

/** Limits of a port number. */
export const PORT: Range = { max: 65_535, example: 8080 };

/**
 * Refuses what is not a whole number within the range.
 *
 * @returns the number
 */
export function wholeNumber(prop: string, value: number, range: Range = {}): number {
  if (!isWithin(value, range)) {
    throw new Refusal(
      prop,
      value,
      `it has to be a whole number ${within(value, range)}`,
      `Write ${nearest(value, range)}`,
    );
  }
  return value;
}

/**
 * Refuses what is not a whole number of seconds within the range: Kubernetes knows no fractions.
 *
 * @returns the seconds
 */
export function wholeSeconds(prop: string, duration: Duration, range: Range = {}): number {
  const seconds = duration.toSeconds({ integral: false });
  if (!isWithin(seconds, range)) {
    throw new Refusal(
      prop,
      `${seconds} s`,
      `it has to be a whole number of seconds ${within(seconds, range)}`,
      `Write Duration.seconds(${nearest(seconds, range)})`,
    );
  }
  return seconds;
}

/**
 * Refuses what the API server does not read as a number of pods: fractions, negative and huge numbers.
 *
 * @param maxPercent the largest percentage that it takes in this place
 * @returns the whole number, or the percentage as `25%`
 */
export function podCount(prop: string, count: PercentOrAbsolute, maxPercent = MAX_INT32): number | string {
  const text = String(count.value);
  if (!/^\d+%?$/.test(text) || parseInt(text) > MAX_INT32) {
    throw new Refusal(
      prop,
      text,
      'it has to be a whole number of pods or a whole percentage',
      'Write for example PercentOrAbsolute.absolute(1) or PercentOrAbsolute.percent(25)',
    );
  }
  if (text.endsWith('%') && parseInt(text) > maxPercent) {
    throw new Refusal(
      prop,
      text,
      'it is more than all pods, so the API server refuses it',
      `Write PercentOrAbsolute.percent(${maxPercent}) or less`,
    );
  }
  return count.value;
}

function isWithin(value: number, { min = 1, max = MAX_INT32 }: Range): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function within(value: number, { min = 1, max = MAX_INT32, whyMin, whyMax }: Range): string {
  const range = max === MAX_INT32 ? `of at least ${min}` : `from ${min} to ${max}`;
  const why = value < min ? whyMin : value > max ? whyMax : undefined;
  return why === undefined ? range : `${range}, since ${why}`;
}

function nearest(value: number, { min = 1, max = MAX_INT32, example = min }: Range): number {
  return Number.isNaN(value) ? example : Math.min(Math.max(Math.ceil(value), min), max);
}
