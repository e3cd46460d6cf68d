import { at, isFields, type Path } from '../../read/fields.js';
import type { Refusal } from './refusal.js';

/** The values of maps and lists of texts that are no texts. YAML makes a number of 1 and true of yes; quotes make a text of it. */
export function noTexts(body: unknown, ...paths: readonly Path[]): readonly Refusal[] {
  return paths.flatMap((path) => {
    const values = at(body, ...path);
    const places: readonly (readonly [string | number, unknown])[] = Array.isArray(values)
      ? values.map((value: unknown, index) => [index, value] as const)
      : isFields(values)
        ? Object.entries(values)
        : [];
    return places.flatMap(([name, value]) => noText(value, [...path, name], nameOf(path, name)));
  });
}

/** A value that is no text where one has to be. One that is left empty counts as an empty text. */
export function noText(value: unknown, path: Path, name: string): readonly Refusal[] {
  if (typeof value === 'string' || value === undefined || value === null) {
    return [];
  }
  return [{ path, what: `${name} is ${typeName(value)}, and has to be a text${hint(value)}` }];
}

/** The value is not shown, as it may be secret. */
function typeName(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (isFields(value)) {
    return 'a map';
  }
  return typeof value === 'number' ? 'a number' : 'true or false';
}

function hint(value: unknown): string {
  return typeof value === 'object' ? '' : ': write it in quotes';
}

function nameOf(path: Path, name: string | number): string {
  const list = path[path.length - 1];
  return typeof name === 'number' ? `${list}[${name}]` : `${name} in ${list}`;
}
