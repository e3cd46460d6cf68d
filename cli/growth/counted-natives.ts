/** How long the lists are that functions of JavaScript itself go through, by the name of the function. */
export type NativeWork = Map<string, number>;

type Method = (this: { readonly length: number }, ...args: unknown[]) => unknown;

const goingThrough = ['concat', 'flat', 'includes', 'indexOf', 'join', 'lastIndexOf', 'reverse'];
const making = ['slice', 'splice'];
const makingOfObjects = ['entries', 'keys', 'values'];

/** Counts what a run does in functions of JavaScript, which are others while it runs. */
export function countNatives(run: () => void): NativeWork {
  const work: NativeWork = new Map();
  const undo: (() => void)[] = [];
  const add = (name: string, size: number) => work.set(name, (work.get(name) ?? 0) + size);
  const replace = (
    owner: object,
    names: readonly PropertyKey[],
    other: (original: Method, name: string) => Method,
  ) => {
    for (const name of names) {
      const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor;
      undo.push(() => Object.defineProperty(owner, name, descriptor));
      const value = other(descriptor.value as Method, String(name));
      Object.defineProperty(owner, name, { ...descriptor, value });
    }
  };
  const countResult = (original: Method, name: string): Method =>
    function (...args) {
      const result = original.apply(this, args) as { readonly length: number };
      add(name, result.length);
      return result;
    };

  replace(Array.prototype, making, countResult);
  replace(Object, makingOfObjects, countResult);
  replace(
    Array.prototype,
    goingThrough,
    (original, name) =>
      function (...args) {
        add(name, this.length);
        return original.apply(this, args);
      },
  );
  // Spreading, for ... of, and what makes a Map or a Set.
  replace(
    Array.prototype,
    [Symbol.iterator],
    () =>
      function* () {
        for (let index = 0; index < this.length; index++) {
          add('iteration', 1);
          yield (this as readonly unknown[])[index];
        }
      },
  );
  try {
    run();
  } finally {
    for (const one of undo.reverse()) {
      one();
    }
  }
  return work;
}
