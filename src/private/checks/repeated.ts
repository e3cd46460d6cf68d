/**
 * The values that occur more than once, each listed once.
 */
export function repeated<T>(values: T[]): Set<T> {
  return new Set(values.filter((value, i) => values.indexOf(value) !== i));
}
