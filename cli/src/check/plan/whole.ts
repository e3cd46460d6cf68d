import { number } from '../read/fields.js';

const most = 2 ** 31 - 1;

/** A whole number as the API server takes it, from a least one on; another one if it is not written or not taken. */
export function wholeNumber(value: unknown, least: number, otherwise: number): number {
  const written = number(value);
  if (written === undefined || !Number.isInteger(written)) {
    return otherwise;
  }
  return written < least || written > most ? otherwise : written;
}
