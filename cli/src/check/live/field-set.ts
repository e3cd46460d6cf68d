import { groupBy } from '../model/values/grouped.js';
import { fields, isFields, type Fields } from '../read/fields.js';

/**
 * The part of an object that a field manager owns, as managedFields write it (FieldsV1): f: names a field, k: an element of a
 * list by its keys, v: a value of a list, i: a place in a list. A field with nothing below it is owned as a whole.
 */
export function ownedBy(value: unknown, set: Fields): unknown {
  const below = Object.entries(set).filter(([key]) => key !== '.');
  if (below.length === 0) {
    return Object.hasOwn(set, '.') ? empty(value) : value;
  }
  if (Array.isArray(value)) {
    const elementsOf = elementsIn(value);
    return below.flatMap(([key, inner]) =>
      elementsOf(key).map((item) => (key.startsWith('v:') ? item : ownedBy(item, fields(inner)))),
    );
  }
  if (!isFields(value)) {
    return value;
  }
  return Object.fromEntries(
    below
      .map(([key, inner]) => [key.slice(2), inner] as const)
      .filter(([name]) => Object.hasOwn(value, name))
      .map(([name, inner]) => [name, ownedBy(value[name], fields(inner))]),
  );
}

/** A field that is owned without what is in it. */
function empty(value: unknown): unknown {
  if (Array.isArray(value)) {
    return [];
  }
  return isFields(value) ? {} : value;
}

/** Finds the elements of a list that a key names, without going through the whole list for each key. */
function elementsIn(list: readonly unknown[]): (key: string) => readonly unknown[] {
  const byValue = groupBy(list, (item) => item);
  // Keys of one list name the same fields, so that few groups are made.
  const byFields = new Map<string, ReadonlyMap<string, readonly unknown[]>>();
  return (key) => {
    const [kind, written] = [key.slice(0, 2), key.slice(2)];
    if (kind === 'i:') {
      return list.slice(Number(written), Number(written) + 1);
    }
    const wanted = JSON.parse(written) as unknown;
    if (kind === 'v:') {
      return byValue.get(wanted) ?? [];
    }
    const names = Object.keys(fields(wanted));
    const valuesOf = (item: unknown) => JSON.stringify(names.map((name) => fields(item)[name]));
    const id = JSON.stringify(names);
    const groups = byFields.get(id) ?? groupBy(list.filter(isFields), valuesOf);
    byFields.set(id, groups);
    return groups.get(valuesOf(wanted)) ?? [];
  };
}
