/** The largest of numbers. Math.max has no room for the numbers of a long list. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), -Infinity);
}
