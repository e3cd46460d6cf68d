import { count as withSeparators } from '../../../shared/format.js';
import { title, type ObjectName } from '../../read/object.js';

const MAX_NAMED = 10;

/** The first few of many, and how many there are. */
export interface Few<T> {
  readonly first: readonly T[];
  readonly count: number;
}

/** The first few of a number of things. */
export function few<T>(all: Iterable<T>, count: number): Few<T> {
  const first: T[] = [];
  for (const one of all) {
    first.push(one);
    if (first.length === Math.min(count, MAX_NAMED)) {
      break;
    }
  }
  return { first, count };
}

/** The first few elements of lists, which are not joined, as they may be long. */
export function fewIn<T>(lists: readonly (readonly T[])[]): Few<T> {
  const first = lists.slice(0, MAX_NAMED).flatMap((list) => list.slice(0, MAX_NAMED));
  const count = lists.reduce((sum, { length }) => sum + length, 0);
  return few(first, count);
}

/** The names of a few objects in messages; the last one says how many more there are. */
export function titles({ first, count }: Few<ObjectName>): readonly string[] {
  const more = count - first.length;
  return first.map((object, index) =>
    more > 0 && index === first.length - 1
      ? `${title(object)} (and ${withSeparators(more)} more)`
      : title(object),
  );
}

/** The same for things that belong to an object, such as workloads. */
export function fewTitles(all: readonly { readonly object: ObjectName }[]): readonly string[] {
  const { first, count } = few(all, all.length);
  return titles({ first: first.map(({ object }) => object), count });
}
