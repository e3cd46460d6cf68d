/**
 * Remembers the results of a function. Objects with equal selectors share the list of what they select, so a result for that
 * list is worked out once for all of them. The results are kept as long as the returned function.
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
