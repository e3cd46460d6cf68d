import type { Breach } from './rule.js';

/**
 * Applies a rule to one thing after the other, only as far as findings are taken: a rule may find something in each of a
 * million lines, and not all of that is reported.
 */
export function* inTurn<T>(all: Iterable<T>, find: (one: T) => Iterable<Breach>): Iterable<Breach> {
  for (const one of all) {
    yield* find(one);
  }
}
