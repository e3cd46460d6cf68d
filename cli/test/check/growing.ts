import { at, isFields, type Fields, type Path } from '../../src/check/read/fields.js';
import { groupOf, type ManifestObject } from '../../src/check/read/object.js';
import type { Parsed } from '../../src/check/read/parse.js';

/** Bodies of objects, as manifests have them. */
export type Bodies = readonly Fields[];

/** A way in which manifests grow, and how they are then. */
export interface Growth {
  readonly name: string;
  /** What grows, alike for all objects of a kind: Service spec.ports.[].name. */
  readonly part: string;
  readonly type: 'list' | 'map' | 'text' | 'objects';
  grow(bodies: Bodies, size: number): Bodies;
}

/** Texts of a size, made of one that is short: what an expression takes for a good start, and then for wrong. */
const longTexts: readonly (readonly [string, (text: string, size: number) => string])[] = [
  ['repeated', (text, size) => text.repeat(Math.ceil(size / Math.max(1, text.length)))],
  ['in lines', (text, size) => `${text}\n`.repeat(Math.ceil(size / (text.length + 1)))],
  ['with words between', (text, size) => `${text} ${'a '.repeat(size / 2)}\u0000`],
  ...[' ', '0', 'a', '.', '-', ',', '/', ':', '*', '=', '%', '{{', '['].flatMap(
    (part): [string, (text: string, size: number) => string][] => [
      [`with ${JSON.stringify(part)} behind`, (text, size) => `${text}${part.repeat(size)}\u0000`],
      [`of ${JSON.stringify(part)}`, (_text, size) => `${part.repeat(size)}\u0000${part}`],
    ],
  ),
];

/** So many objects, each with a name of its own. */
export function many(count: number, make: (name: string) => object): Bodies {
  return Array.from({ length: count }, (_, index) => make(`web-${index}`) as Fields);
}

/** Objects as they are read, each on line 1. */
export function parsed(bodies: Bodies): Parsed {
  const objects = bodies.map((body): ManifestObject => {
    const { apiVersion, kind, metadata } = body as { apiVersion: string; kind: string; metadata: Fields };
    return {
      ...{ file: 'a.yaml', document: 1, line: 1, lineOf: () => 1, body },
      ...{ apiVersion, kind, group: groupOf(apiVersion) },
      namespace: String(metadata.namespace ?? ''),
      name: String(metadata.name),
    };
  });
  return { objects, problems: [] };
}

/** Every way in which objects can grow: each list, map and text, and the objects themselves. */
export function growthsOf(bodies: Bodies): readonly Growth[] {
  return [...bodies.flatMap((body, place) => inObject(body, place)), ...ofObjects(bodies)];
}

function inObject(body: Fields, place: number): readonly Growth[] {
  return pathsIn(body).flatMap(([path, value]): Growth[] => {
    const part = `${String(body.kind)} ${path.map((name) => (typeof name === 'number' ? '[]' : name)).join('.')}`;
    const growth = (
      type: Growth['type'],
      how: string,
      other: (value: unknown, size: number) => unknown,
    ): Growth => ({
      name: `${part}, ${how}`,
      part,
      type,
      grow: (all, size) =>
        all.map((one, index) => {
          if (index !== place || at(one, ...path) === undefined) {
            return one;
          }
          return replaced(one, path, other(at(one, ...path), size)) as Fields;
        }),
    });
    if (Array.isArray(value)) {
      if (value.length === 0) {
        return [];
      }
      return [
        growth('list', 'the same again and again', (list, size) => times(list, size, (item) => item)),
        growth('list', 'others', (list, size) => times(list, size, numbered)),
      ];
    }
    if (isFields(value)) {
      if (path.length === 0 || Object.keys(value).length === 0) {
        return [];
      }
      return [
        growth('map', 'more keys with the same', (map, size) => moreKeys(map, size, (one) => one)),
        growth('map', 'more keys with others', (map, size) => moreKeys(map, size, numbered)),
      ];
    }
    const isFixed = ['apiVersion', 'kind'].includes(String(path[0]));
    if (isFixed || (typeof value !== 'string' && typeof value !== 'number')) {
      return [];
    }
    return longTexts.map(([how, make]) => growth('text', how, (text, size) => make(String(text), size)));
  });
}

/** Several ways together, of which none is in another. */
export function together(name: string, growths: readonly Growth[]): Growth {
  return {
    ...{ name, part: name, type: 'objects' },
    grow: (bodies, size) => growths.reduce((grown, growth) => growth.grow(grown, size), bodies),
  };
}

/** Copies of objects: of one, and of all together. */
function ofObjects(bodies: Bodies): readonly Growth[] {
  const copies = (name: string, copy: (body: Fields, number: number) => Fields, place?: number): Growth => ({
    name,
    part: name,
    type: 'objects',
    grow: (all, size) =>
      all.flatMap((body, index) =>
        place === undefined || place === index
          ? [body, ...Array.from({ length: size }, (_, number) => copy(body, number))]
          : [body],
      ),
  });
  const names = namesIn(bodies);
  return [
    ...bodies.map(({ kind }, place) => copies(`more of ${String(kind)} ${place}`, renamed, place)),
    copies('more of all with the same labels', renamed),
    copies('more of all with other labels', (body, number) => numbered(body, number, names) as Fields),
    copies('more of all in other namespaces', (body, number) => ({
      ...body,
      metadata: { ...(body.metadata as Fields), namespace: `n-${number}` },
    })),
  ];
}

function renamed(body: Fields, number: number): Fields {
  const metadata = body.metadata as Fields;
  return { ...body, metadata: { ...metadata, name: `${String(metadata.name)}-${number}` } };
}

/** The names of objects and the values of labels, by which objects refer to each other. */
function namesIn(bodies: Bodies): ReadonlySet<unknown> {
  return new Set(
    bodies.flatMap((body) => [
      at(body, 'metadata', 'name'),
      ...pathsIn(body)
        .filter(([path]) => ['labels', 'matchLabels', 'selector'].includes(String(path[path.length - 2])))
        .map(([, value]) => value),
    ]),
  );
}

/** A value whose texts and numbers, or some of them, have a number after them. */
function numbered(value: unknown, number: number, only?: ReadonlySet<unknown>): unknown {
  if (Array.isArray(value)) {
    return value.map((inner) => numbered(inner, number, only));
  }
  if (isFields(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, numbered(inner, number, only)]),
    );
  }
  if (only && !only.has(value)) {
    return value;
  }
  if (typeof value === 'string') {
    return `${value}-${number}`;
  }
  return typeof value === 'number' ? 1000 * (value + 1) + number : value;
}

type Copy = (value: unknown, number: number) => unknown;

function times(list: unknown, size: number, copy: Copy): unknown {
  const items = list as readonly unknown[];
  return [
    ...items,
    ...Array.from({ length: size }, (_, number) => copy(items[number % items.length], number)),
  ];
}

function moreKeys(map: unknown, size: number, copy: Copy): unknown {
  const entries = Object.entries(map as Fields);
  const more = Array.from({ length: size }, (_, number) => {
    const [name, value] = entries[number % entries.length];
    return [`${name}-${number}`, copy(value, number)] as const;
  });
  return Object.fromEntries([...entries, ...more]);
}

/** All values in a value, each with the way to it. */
function pathsIn(value: unknown, path: Path = []): readonly (readonly [Path, unknown])[] {
  const inner = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item] as const)
    : isFields(value)
      ? Object.entries(value)
      : [];
  return [[path, value], ...inner.flatMap(([name, one]) => pathsIn(one, [...path, name]))];
}

function replaced(value: unknown, path: Path, other: unknown): unknown {
  if (path.length === 0) {
    return other;
  }
  const [name, ...rest] = path;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === name ? replaced(item, rest, other) : item));
  }
  return { ...(value as Fields), [name]: replaced((value as Fields)[name], rest, other) };
}

/** The fields of a value as managedFields name them (FieldsV1), so that one manager owns all of it. */
export function fieldsOf(value: unknown): Fields {
  if (Array.isArray(value)) {
    const keys = value.map((item: unknown) =>
      isFields(item) ? `k:${JSON.stringify({ name: item.name })}` : `v:${JSON.stringify(item)}`,
    );
    return Object.fromEntries(keys.map((key, index) => [key, fieldsOf(value[index])]));
  }
  if (!isFields(value)) {
    return {};
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [`f:${name}`, fieldsOf(inner)]));
}
