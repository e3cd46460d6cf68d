import { Refusal } from '../../refusals/refusal';
import { inWords } from '../command';
import { keyPath } from '../../refusals/key-path';
import type { Elsewhere } from './elsewhere';
import type { Kind } from './kind';
import { isObject, keep, read, throwOnRead } from './kind';
import { shown } from '../../refusals/shown';
import { nearest } from './nearest';
import { quoted } from '../../refusals/words';
import { TEXT } from './values';

/** A list of values of one kind. */
export function listOf(kind: Kind): Kind {
  return {
    what: `a list of ${kind.many}`,
    many: `lists of ${kind.many}`,
    is: Array.isArray,
    example: (value) => `[${isPlain(value) && kind.is(value) ? quoted(value) : kind.example(value)}]`,
    within: (path, values: unknown[], found) => {
      const copy: unknown[] = [];
      // Not with forEach, which skips holes in the list.
      for (const [i, value] of [...values].entries()) {
        keep(copy, i, found, () => read(kind, `${path}[${i}]`, value, found));
      }
      return copy;
    },
  };
}

/**
 * A program and its arguments, or arguments alone.
 *
 * @param example as a command line
 */
export function wordsOf(example: string): Kind {
  return {
    ...listOf(TEXT),
    example: (value) => inWords(typeof value === 'string' && value.trim() !== '' ? value.trim() : example),
  };
}

/** Whether a value can be written as it is. */
function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** A map with keys of the user's own. */
export function mapOf(kind: Kind): Kind {
  return {
    what: `a map of ${kind.many}`,
    many: `maps of ${kind.many}`,
    is: isObject,
    example: () => `{ key: ${kind.example()} }`,
    within: (path, values: Record<string, unknown>, found) => {
      const copy = {};
      for (const [key, value] of Object.entries(values)) {
        keep(copy, key, found, () => read(kind, keyPath(path, key), value, found));
      }
      return copy;
    },
  };
}

/** What each option of an interface has to be. An option that is left out or misspelt here does not compile. */
export type Options<T> = {
  readonly [Name in keyof T]-?: undefined extends T[Name] ? Kind : Required;
};

/** The kind of an option that has to be given. */
export type Required = Kind & { readonly required: true };

export function required(kind: Kind): Required {
  return { ...kind, required: true };
}

/**
 * An object with the keys of an interface. Other keys are refused: they would be ignored silently.
 *
 * @param name what it is, such as `the options of HealthCheck.http`
 * @param elsewhere what to write in place of keys that belong to another object
 */
export function optionsOf<T>(name: string, options: Options<T>, elsewhere: Elsewhere = {}): Kind {
  const kinds = options as Record<string, Kind & { required?: true }>;
  const names = Object.keys(kinds);
  const requiredNames = names.filter((each) => kinds[each].required);
  const shape = (requiredNames.length > 0 ? requiredNames : names.slice(0, 1))
    .map((each) => `${each}: ${kinds[each].example()}`)
    .join(', ');
  return {
    what: name.startsWith('the options') ? `an object with ${name}` : 'an object',
    many: 'objects',
    is: isObject,
    example: () => `{ ${shape} }`,
    within: (path, values: Record<string, unknown>, found) => {
      const at = (key: string) => (path === '' ? key : keyPath(path, key));
      const copy = {};
      for (const each of names) {
        const value = values[each];
        if (value !== undefined) {
          keep(copy, each, found, () => read(kinds[each], at(each), value, found));
        }
      }
      for (const key of Object.keys(values).filter((each) => !Object.hasOwn(kinds, each))) {
        const other = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
        const meant = other === undefined ? meantBy(key, values[key], kinds) : undefined;
        const refusal = new Refusal(
          at(key),
          shown(values[key]),
          `there is no such key in ${name}, so it would be left out without a word`,
          other === undefined
            ? knownKey(meant, values[key], kinds)
            : `Write ${typeof other === 'string' ? other : other(values[key])}`,
        );
        found.push(refusal);
        if (meant !== undefined && !Object.hasOwn(copy, meant)) {
          throwOnRead(copy, meant, refusal);
        }
      }
      for (const each of requiredNames.filter((each) => !Object.hasOwn(copy, each))) {
        keep(copy, each, found, () => {
          throw new Refusal(
            at(each),
            undefined,
            'it is missing',
            `Write for example ${each}: ${kinds[each].example()}`,
          );
        });
      }
      return copy;
    },
  };
}

/**
 * The known key that was most likely meant: the only one that begins with the given key, else a similar one, if
 * possible one that takes the value.
 */
function meantBy(key: string, value: unknown, kinds: Record<string, Kind>): string | undefined {
  const names = Object.keys(kinds);
  const begun = names.filter((each) => each.startsWith(key));
  const fitting = names.filter((each) => kinds[each].is(value));
  return begun.length === 1 ? begun[0] : (nearest(key, fitting) ?? nearest(key, names));
}

/** What to write in place of an unknown key. */
function knownKey(meant: string | undefined, value: unknown, kinds: Record<string, Kind>): string {
  if (meant === undefined) {
    return `Known are ${Object.keys(kinds).join(', ')}`;
  }
  const kind = kinds[meant];
  return kind.is(value) ? `Write ${meant}` : `Write for example ${meant}: ${kind.example(value)}`;
}
