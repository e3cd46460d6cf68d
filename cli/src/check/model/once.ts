/**
 * A function that works out only once what it is asked of an object. Objects with equal selectors share the list of what they
 * select, so what holds for the list is worked out once for all of them.
 */
export function once<Key extends object, Value>(workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = { value: workOut(key) }));
    return found.value;
  };
}
