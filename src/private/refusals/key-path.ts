/**
 * Path of a key of an object, as in code: `labels.team`, or `labels['example.com/team']`.
 */
export function keyPath(path: string, key: string): string {
  return /^[A-Za-z]\w*$/.test(key) ? `${path}.${key}` : `${path}['${key}']`;
}
