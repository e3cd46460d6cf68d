import { fields, isFields, type Fields } from '../read/fields.js';

/**
 * The part of an object that a field manager owns, as managedFields write it (FieldsV1): f: names a field, k: an element of a
 * list by its keys, v: a value of a list, i: a place in a list. What has nothing below it is owned whole.
 */
export function ownedBy(value: unknown, set: Fields): unknown {
  const below = Object.entries(set).filter(([key]) => key !== '.');
  if (below.length === 0) return Object.hasOwn(set, '.') ? empty(value) : value;
  if (Array.isArray(value)) {
    return below.flatMap(([key, inner]) =>
      value
        .filter((item, index) => isElement(item, index, key))
        .map((item) => (key.startsWith('v:') ? item : ownedBy(item, fields(inner)))),
    );
  }
  if (!isFields(value)) return value;
  return Object.fromEntries(
    below
      .map(([key, inner]) => [key.slice(2), inner] as const)
      .filter(([name]) => Object.hasOwn(value, name))
      .map(([name, inner]) => [name, ownedBy(value[name], fields(inner))]),
  );
}

/** A field that is owned without what is in it. */
function empty(value: unknown): unknown {
  if (Array.isArray(value)) return [];
  return isFields(value) ? {} : value;
}

function isElement(item: unknown, index: number, key: string): boolean {
  const [kind, written] = [key.slice(0, 2), key.slice(2)];
  if (kind === 'i:') return index === Number(written);
  const wanted = JSON.parse(written) as unknown;
  if (kind === 'v:') return item === wanted;
  return isFields(item) && Object.entries(fields(wanted)).every(([name, one]) => item[name] === one);
}
