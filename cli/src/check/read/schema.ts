import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  NOT_RESOLVED,
  YAMLException,
  type Schema,
} from 'js-yaml';
import { decode } from './encoding.js';
import { isFields } from './fields.js';
import { fieldName, integerOf, plainValue } from './scalars.js';

/** Why a document that the parser accepts cannot be read. */
export const REFUSALS = {
  key: 'a key is no text',
  merge: '<< merges something that is not a map',
  merges: '<< merges too much in this document',
  noNumber: 'JSON, which is what Kubernetes takes, has no such number',
} as const;

const PREFIX = 'tag:yaml.org,2002:';
const MAX_MERGED_FIELDS = 1_000_000;

/** The key <<, until it is known whether it is a key or a value. */
const MERGE = Symbol('<<');

/**
 * How kubectl reads values: in YAML 1.1, the last of two equal keys counts, keys are texts, a merge overrides what is before it
 * in its map, and unknown tags are ignored.
 *
 * @returns a schema for one document, since it counts the fields that are merged
 */
export function kubectlSchema(): Schema {
  let merged = 0;
  const mergeInto = (map: Record<string, unknown>, value: unknown): string => {
    const sources: readonly unknown[] = Array.isArray(value)
      ? [...(value as readonly unknown[])].reverse()
      : [value];
    if (!sources.every(isFields)) {
      return REFUSALS.merge;
    }
    for (const [name, inner] of sources.flatMap(Object.entries)) {
      if (++merged > MAX_MERGED_FIELDS) {
        return REFUSALS.merges;
      }
      set(map, name, inner);
    }
    return '';
  };
  const sequence = (tag: string) =>
    defineSequenceTag<unknown[]>(tag, {
      matchByTagPrefix: tag === '',
      create: () => [],
      addItem: (list, item) => void list.push(valueOf(item)),
      // Without spare capacity.
      finalize: (list) => list.slice(),
      identify: () => false,
    });
  const mapping = (tag: string) =>
    defineMappingTag<Record<string, unknown>>(tag, {
      matchByTagPrefix: tag === '',
      create: () => ({}),
      addPair: (map, key, value) => {
        if (key === MERGE) {
          return mergeInto(map, value);
        }
        const name = fieldName(key);
        if (name === undefined) {
          return REFUSALS.key;
        }
        set(map, name, valueOf(value));
        return '';
      },
      has: () => false,
      keys: Object.keys,
      get: (map, key) => map[String(key)],
      identify: () => false,
    });
  return FAILSAFE_SCHEMA.withTags(
    PLAIN_TAG,
    explicit('int', integerOf),
    explicit('float', (text) => ofType('number', text)),
    explicit('bool', (text) => ofType('boolean', text)),
    explicit('null', (text) => (plainValue(text) === null ? null : undefined)),
    explicit('binary', decodeBase64),
    OTHER_TAG,
    ...[`${PREFIX}seq`, ''].map(sequence),
    ...[`${PREFIX}map`, ''].map(mapping),
  );
}

/** The value of a document, an item or a field. There << is only a text. */
export function valueOf(value: unknown): unknown {
  return value === MERGE ? '<<' : value;
}

const PLAIN_TAG = defineScalarTag('plain', {
  implicit: true,
  implicitFirstChars: ['', ...'yYnNtTfFoO~+-.0123456789<'],
  resolve: (text) => (text === '<<' ? MERGE : finite(plainValue(text))),
  identify: () => false,
});

const OTHER_TAG = defineScalarTag<unknown>('', {
  matchByTagPrefix: true,
  resolve: (text, _isExplicit, tag) => (tag === `${PREFIX}merge` && text === '<<' ? MERGE : text),
  identify: () => false,
});

function explicit(tag: string, read: (text: string) => unknown) {
  return defineScalarTag<unknown>(PREFIX + tag, {
    resolve: (text) => {
      const value = read(text);
      return value === undefined ? NOT_RESOLVED : finite(value);
    },
    identify: () => false,
  });
}

/** JSON has no number such as .inf, and kubectl makes JSON of what it reads. */
function finite(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new YAMLException(REFUSALS.noNumber);
  }
  return value;
}

function ofType(type: 'number' | 'boolean', text: string): unknown {
  const value = plainValue(text);
  return typeof value === type ? value : undefined;
}

function decodeBase64(text: string): string | undefined {
  const code = text.replace(/[\r\n]/g, '');
  const isBase64 = code.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(code);
  return isBase64 ? decode(Buffer.from(code, 'base64')) : undefined;
}

/** Sets a field, also one that is named __proto__. */
function set(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') {
    map[name] = value;
  } else {
    Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
  }
}
