import { Refusal } from '../../refusals/refusal';
import { shown } from '../../refusals/shown';

/**
 * What a value has to be. Checked at run time, since plain JavaScript, casts, spreads and the dicts of Python
 * get past a compiler.
 */
export interface Kind {
  /** With its article, such as `a text`. */
  readonly what: string;
  /** The plural, such as `texts`. */
  readonly many: string;
  /** Whether a value is of this kind, without a look at its members. */
  readonly is: (value: unknown) => boolean;
  /** Code to write in place of a value that is not of this kind. */
  readonly example: (value?: unknown) => string;
  /**
   * Reads the members of a value of this kind into a copy, so that nobody changes it later. A refused member
   * throws its refusal when it is read, so that nobody goes on with it.
   */
  readonly within?: (path: string, value: never, found: Refusal[]) => unknown;
}

/**
 * Reads a value.
 *
 * @param path where it stands, such as `sidecars[0].resources.cpu.request`
 * @param found collects the refusals of the value's members
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
 * Puts the value that is read into the copy. If the value is refused, reading it from the copy throws the refusal.
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
    throwOnRead(copy, key, error);
  }
}

/** Makes every read of the key throw the refusal. */
export function throwOnRead(copy: object, key: PropertyKey, refusal: Refusal): void {
  Object.defineProperty(copy, key, {
    get: () => {
      throw refusal;
    },
    enumerable: true,
    configurable: true,
  });
}

/** Whether a value is an ordinary object: not a list, a function, a Map or a Date. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
