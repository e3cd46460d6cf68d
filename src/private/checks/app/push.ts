/**
 * Adds a value to the list under a key.
 *
 * @returns the list
 */
export function push<K, V>(lists: Map<K, V[]>, key: K, value: V): V[] {
  let list = lists.get(key);
  if (!list) {
    list = [];
    lists.set(key, list);
  }
  list.push(value);
  return list;
}
