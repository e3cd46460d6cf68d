import type { Kind } from './kind';
import { isObject, keep, read } from './kind';
import { withArticle } from '../../refusals/words';

type Class = { readonly prototype: object; readonly name: string };

/**
 * The members of one of our classes that hold what a factory was given: the kind of each, and its path within
 * the prop.
 */
export type Given<T> = { readonly [Member in keyof T]?: readonly [kind: Kind, path: string] };

/**
 * A value that a factory of one of our classes made, such as `HealthCheck.http('/ready')`. What the factory was given is
 * read here and not by the factory, so that the refusal has the path of the prop.
 *
 * @param example code of such a value
 * @param given what it holds
 */
export function made<T extends object>(
  type: Class,
  example: (value?: unknown) => string,
  given: (value: T) => Given<T>,
): Kind {
  return {
    what: withArticle(type.name),
    many: `${type.name}s`,
    // The constructors are private, so TypeScript does not infer from a class what it makes.
    is: (value) => isObject(value) && Object.prototype.isPrototypeOf.call(type.prototype, value),
    example,
    within: (path, value: T, found) => {
      const copy = Object.create(Object.getPrototypeOf(value), Object.getOwnPropertyDescriptors(value));
      for (const [member, [kind, at]] of Object.entries<readonly [Kind, string] | undefined>(
        given(value),
      ) as [keyof T & string, readonly [Kind, string]][]) {
        keep(copy, member, found, () => read(kind, `${path}${at}`, value[member], found));
      }
      return copy;
    },
  };
}
