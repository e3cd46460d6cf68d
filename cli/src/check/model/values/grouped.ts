/** Adds a value to the list of a key. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const others = map.get(key);
  if (others === undefined) {
    map.set(key, [value]);
  } else {
    others.push(value);
  }
}

/** Values by their keys. */
export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    addTo(groups, keyOf(value), value);
  }
  return groups;
}
