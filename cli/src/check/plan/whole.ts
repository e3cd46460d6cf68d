import { number } from '../read/fields.js';

const MAX_INT32 = 2 ** 31 - 1;

/** A whole number; the default if it is missing, or too small or too large for the API server. */
export function wholeNumber(value: unknown, least: number, otherwise: number): number {
  const written = number(value);
  if (written === undefined || !Number.isInteger(written)) {
    return otherwise;
  }
  return written < least || written > MAX_INT32 ? otherwise : written;
}
