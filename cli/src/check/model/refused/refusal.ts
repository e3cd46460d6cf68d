import type { Path } from '../../read/fields.js';

/** A field that the API server does not take, and why. */
export interface Refusal {
  readonly path: Path;
  readonly what: string;
}

/** The refusal of a field, if it is one. */
export function refusedIf(isRefused: boolean, path: Path, what: () => string): readonly Refusal[] {
  return isRefused ? [{ path, what: what() }] : [];
}

/** Entries of a list whose key one before them has, each with its key. Entries without a key are left out. */
export function repeated<T>(
  entries: readonly T[],
  keyOf: (entry: T) => string | undefined,
): readonly { readonly entry: T; readonly key: string }[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const key = keyOf(entry);
    if (key === undefined) {
      return [];
    }
    if (seen.has(key)) {
      return [{ entry, key }];
    }
    seen.add(key);
    return [];
  });
}
