import { Refusal } from '../../refusals/refusal';
import { shown } from '../../refusals/shown';

/**
 * What a value has to be. A compiler checks it, but plain JavaScript, casts, spreads and the dicts of Python get past one.
 */
export interface Kind {
  /** With its article, such as `a text`. */
  readonly what: string;
  /** Of several, such as `texts`. */
  readonly many: string;
  /** Whether a value is of this kind, as far as it can be told without what is in it. */
  readonly is: (value: unknown) => boolean;
  /** Code that is right in place of a value that is not of this kind. */
  readonly example: (value?: unknown) => string;
  /**
   * Reads what is in a value of this kind: a copy, so that nobody changes it later. What is refused in it throws its
   * refusal when it is read, so that nobody goes on with it.
   */
  readonly within?: (path: string, value: never, found: Refusal[]) => unknown;
}

/**
 * Reads a value.
 *
 * @param path where it stands, such as `sidecars[0].resources.cpu.request`
 * @param found gets what is refused within the value
 * @throws Refusal if it is of another kind
 */
export function read(kind: Kind, path: string, value: unknown, found: Refusal[]): unknown {
  if (!kind.is(value)) {
    throw new Refusal(
      path,
      shown(value),
      `it has to be ${kind.what}`,
      `Write for example ${kind.example(value)}`,
    );
  }
  return kind.within ? kind.within(path, value as never, found) : value;
}

/**
 * Puts what is read into the copy, or in its place the refusal, which is thrown when somebody reads it.
 */
export function keep(copy: object, key: PropertyKey, found: Refusal[], readValue: () => unknown): void {
  try {
    // Not by assignment: `__proto__` is a key like any other here.
    Object.defineProperty(copy, key, {
      value: readValue(),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    found.push(error);
    refuseToGive(copy, key, error);
  }
}

/** Makes whoever reads the key get the refusal. */
export function refuseToGive(copy: object, key: PropertyKey, refusal: Refusal): void {
  Object.defineProperty(copy, key, {
    get: () => {
      throw refusal;
    },
    enumerable: true,
    configurable: true,
  });
}

/** An object that is not of a kind of its own, as a list, a function, a Map or a Date are. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
