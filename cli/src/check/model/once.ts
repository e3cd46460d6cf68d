/**
 * A function that works out only once what it is asked of an object. Objects with equal selectors share the list of what they
 * select, so what holds for the list is worked out once for all of them. It keeps what it knows as long as it is kept itself.
 */
export function once<Key, Value>(workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined && !known.has(key)) {
      found = workOut(key);
      known.set(key, found);
    }
    return found as Value;
  };
}
