import type { IConstruct } from 'constructs';

/**
 * Why a value is refused: it would cause downtime or fail.
 *
 * Reads as `prop = value: reason. Fix.`
 */
export class Refusal extends Error {
  constructor(
    public readonly prop: string,
    private readonly value: unknown,
    private readonly reason: string,
    private readonly fix: string,
  ) {
    super(`${prop} = ${String(value)}: ${reason}. ${fix}.`);
  }

  /** The same refusal for another path, if the value is at `from` or inside it. */
  public movedTo(path: string, from: string): Refusal {
    const rest = this.prop.slice(from.length);
    return this.prop.startsWith(from) && /^(\W|$)/.test(rest)
      ? new Refusal(`${path}${rest}`, this.value, this.reason, this.fix)
      : this;
  }
}

/** Everything that was refused in one go. */
export class Refusals extends Error {
  constructor(public readonly all: readonly Refusal[]) {
    super(all.map(({ message }) => message).join('\n'));
  }
}

/**
 * Runs every check, even after one has refused something, so that all refusals are reported at once.
 *
 * @throws Refusals with each refusal once
 */
export function checkAll(...checks: (() => unknown)[]): void {
  // By message: a value that two parts need is refused in each of them, with the same message.
  const found = new Map<string, Refusal>();
  for (const check of checks) {
    try {
      check();
    } catch (error) {
      refusalsOf(error).forEach((refusal) => found.set(refusal.message, refusal));
    }
  }
  if (found.size > 0) {
    throw new Refusals([...found.values()]);
  }
}

/**
 * Checks every item, even after one was refused.
 *
 * @throws Refusals with each refusal once
 */
export function checkEach<T>(items: readonly T[], check: (item: T, i: number) => void): void {
  // By index: an item that was refused already throws its refusal when it is read.
  checkAll(...Array.from(items.keys(), (i) => () => check(items[i], i)));
}

/**
 * @throws Refusals with all of them, if there are any
 */
export function throwAll(refusals: Iterable<Refusal>): void {
  const all = [...refusals];
  if (all.length > 0) {
    throw new Refusals(all);
  }
}

/**
 * Runs code that reports its refusals at the path `from`, and moves them to `path`.
 */
export function movedTo<T>(path: string, from: string, resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    throw new Refusals(refusalsOf(error).map((refusal) => refusal.movedTo(path, from)));
  }
}

/** A part of the settings that others need. Throws its refusals if it could not be resolved. */
export type Part<T> = () => T;

/**
 * A part that is resolved once, when it is first read. Whatever needs a refused part is refused for the same
 * reason, which `checkAll` reports once.
 */
export function part<T>(resolve: () => T): Part<T> {
  let known: (() => T) | undefined;
  return () => {
    if (!known) {
      try {
        const value = resolve();
        known = () => value;
      } catch (error) {
        known = () => {
          throw error;
        };
      }
    }
    return known();
  };
}

/**
 * The refusals of an error. Throws any other error again.
 */
export function refusalsOf(error: unknown): readonly Refusal[] {
  if (error instanceof Refusals) {
    return error.all;
  }
  if (error instanceof Refusal) {
    return [error];
  }
  throw error;
}

/**
 * The refusals, each on a line of its own with the path of the construct in front, as cdk8s writes them. The stack
 * starts at the line that created the construct, so that Node.js shows the user's own code above the message.
 */
export function refusedAt(construct: IConstruct, refusals: readonly Refusal[]): Error {
  const error = new Error(refusals.map(({ message }) => `[${construct.node.path}] ${message}`).join('\n'));
  Error.captureStackTrace(error, construct.constructor);
  return error;
}
