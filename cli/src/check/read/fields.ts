/** Fields as they were read; nothing is known of their types. */
export type Fields = Readonly<Record<string, unknown>>;

/** The path to a field: names, and indexes of list elements. */
export type Path = readonly (string | number)[];

/** Whether a value has fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a value; none if it has another type. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The elements of a list that have fields, each with its index. */
export function items(value: unknown): readonly { readonly index: number; readonly item: Fields }[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.map((item: unknown, index) => ({ index, item })).filter(hasFields);
}

/** The value at the end of a path. */
export function at(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      (isFields(inner) || Array.isArray(inner)) && Object.hasOwn(inner, part)
        ? (inner as Fields)[part]
        : undefined,
    value,
  );
}

/** A path as people write it; names with other characters than those of fields are in brackets, as in kubectl's. */
export function pathName(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      if (!/^\w+$/.test(part)) {
        return `['${part}']`;
      }
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** A text; none if the value has another type. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A number; none if the value has another type. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A value in a message, whatever its type is. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  return isFields(value) ? 'a map' : String(value);
}

function hasFields(entry: { index: number; item: unknown }): entry is { index: number; item: Fields } {
  return isFields(entry.item);
}
