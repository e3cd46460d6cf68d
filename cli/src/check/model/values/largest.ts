/** The largest of some numbers. Math.max(...numbers) fails for a long list. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), -Infinity);
}
