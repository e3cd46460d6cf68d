/**
 * The values that are there more than once, each once.
 */
export function repeated<T>(values: T[]): Set<T> {
  return new Set(values.filter((value, i) => values.indexOf(value) !== i));
}
