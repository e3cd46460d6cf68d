/**
 * The known name that was most likely meant: a mistyped one, or else one with a word in common, such as
 * `period` for `periodSeconds`.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const related = known.filter((each) => wordsInCommon(name, each) > 0);
  return mistyped(name, known) ?? best(related, (each) => wordsInCommon(name, each));
}

/**
 * The known name that differs by a few characters, at most one in three.
 */
export function mistyped(name: string, known: readonly string[]): string | undefined {
  const close = known.filter(
    (each) => distance(plain(name), plain(each)) <= Math.max(plain(name).length, plain(each).length) / 3,
  );
  return best(close, (each) => -distance(plain(name), plain(each)));
}

function best(names: readonly string[], score: (name: string) => number): string | undefined {
  return [...names].sort((one, other) => score(other) - score(one))[0];
}

function plain(name: string): string {
  return name.replace(/[^a-z0-9]/gi, '').toLowerCase();
}

/** How many words two names share, in the singular or the plural, or as a part of a longer word. */
function wordsInCommon(one: string, other: string): number {
  const words = wordsOf(other);
  return wordsOf(one).filter((word) => words.some((each) => each.startsWith(word) || word.startsWith(each)))
    .length;
}

function wordsOf(name: string): string[] {
  const words = name.match(/[A-Z]?[a-z0-9]+|[A-Z]+/g) ?? [];
  return words.map((word) => word.toLowerCase().replace(/s$/, '')).filter(({ length }) => length > 3);
}

/** The fewest characters to insert, remove, replace or swap with the next one. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = rows[i - 1][j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
          ? rows[i - 2][j - 2] + 1
          : Infinity;
      row.push(Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[one.length][other.length];
}
