import { at, shown, type Path } from '../../read/fields.js';
import type { Refusal } from './refusal.js';

/** The fields of a map that have to be whole numbers and are not. */
export function noNumbers(body: unknown, path: Path, names: readonly string[]): readonly Refusal[] {
  return names.flatMap((name) => {
    const value = at(body, ...path, name);
    if (value === undefined || value === null || Number.isInteger(value)) {
      return [];
    }
    const hint = typeof value === 'string' && /^\d+$/.test(value) ? ': write it without quotes' : '';
    return [
      { path: [...path, name], what: `${name} is ${shown(value)}, and has to be a whole number${hint}` },
    ];
  });
}
