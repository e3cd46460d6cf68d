/**
 * A value as a text in code.
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
