/**
 * A value of any type, shortened to fit on one line.
 */
export function shown(value: unknown): string {
  if (typeof value === 'function') {
    return 'a function';
  }
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'number') {
    return String(value);
  }
  if (typeof value !== 'object' || value === null) {
    return String(JSON.stringify(value));
  }
  const name: unknown = value.constructor?.name;
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof name === 'string' ? name : 'Object'}`;
}
