import { Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-27';
import { Refusal } from './refusal';

/** Inclusive limits of a number. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** The largest number that Kubernetes' 32-bit fields hold. */
export const MAX_INT32 = 2_147_483_647;

/**
 * Refuses what is not a whole number within the range.
 *
 * @returns the number
 */
export function wholeNumber(prop: string, value: number, { min = 1, max = MAX_INT32 }: Range = {}): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Refusal(
      prop,
      typeof value === 'number' ? value : JSON.stringify(value),
      `it has to be a whole number ${within(min, max)}`,
      `Write ${nearest(value, min, max)}`,
    );
  }
  return value;
}

/**
 * Refuses what is not a whole number of seconds within the range: Kubernetes knows no fractions.
 *
 * @returns the seconds
 */
export function wholeSeconds(
  prop: string,
  duration: Duration,
  { min = 1, max = MAX_INT32 }: Range = {},
): number {
  const seconds = secondsOf(prop, duration);
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    const fix = `Write Duration.seconds(${nearest(seconds, min, max)})`;
    throw new Refusal(
      prop,
      `${seconds} s`,
      `it has to be a whole number of seconds ${within(min, max)}`,
      fix,
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

/**
 * Refuses what is no Duration, such as a number in plain JavaScript.
 *
 * @returns the seconds, fractions included
 */
export function secondsOf(prop: string, duration: Duration): number {
  if (typeof duration.toSeconds !== 'function') {
    throw new Refusal(
      prop,
      JSON.stringify(duration),
      'it has to be a Duration',
      'Write for example Duration.seconds(30)',
    );
  }
  return duration.toSeconds({ integral: false });
}

function within(min: number, max: number): string {
  return max === MAX_INT32 ? `of at least ${min}` : `from ${min} to ${max}`;
}

function nearest(value: number, min: number, max: number): number {
  return Math.min(Math.max(Math.ceil(value) || min, min), max);
}
