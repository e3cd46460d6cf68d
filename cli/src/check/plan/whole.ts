import { number } from '../read/fields.js';

const most = 2 ** 31 - 1;

/** A whole number; the default if it is missing, or too small or too large for the API server. */
export function wholeNumber(value: unknown, least: number, otherwise: number): number {
  const written = number(value);
  if (written === undefined || !Number.isInteger(written)) {
    return otherwise;
  }
  return written < least || written > most ? otherwise : written;
}
