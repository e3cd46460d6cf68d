import type { Breach } from './rule.js';

/**
 * What a rule finds in each of some, found only when it is asked for: a rule may find something in each of a million lines, and
 * not all of that is told.
 */
export function* inTurn<T>(all: Iterable<T>, find: (one: T) => Iterable<Breach>): Iterable<Breach> {
  for (const one of all) {
    yield* find(one);
  }
}
