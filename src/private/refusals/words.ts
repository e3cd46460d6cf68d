/**
 * A value as a string literal.
 */
export function quoted(value: unknown): string {
  return `'${String(value).replace(/['\\]/g, '\\$&')}'`;
}

/**
 * `a Duration`, `an Exposure`
 */
export function withArticle(type: string): string {
  return `${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}`;
}
