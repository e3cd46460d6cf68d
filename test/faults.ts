import { Duration } from 'cdk8s';
import {
  Config,
  Drain,
  DrainProxy,
  Exposure,
  HealthCheck,
  NetworkAccess,
  PodSecurity,
  SessionAffinity,
} from '../src';

/** A place in the props: the keys that lead to it. */
interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** A kind of fault that plain JavaScript, a cast or a dict of Python may make. */
interface Fault {
  /** Whether it can be made there. */
  readonly fits: (place: Place) => boolean;
  readonly make: (value: unknown) => unknown;
  /** Whether who reads the value finds the same in it, so that it is no fault after all. */
  readonly harmless?: true;
}

type Holder = Record<string | number, unknown>;

const isPlain = (value: unknown): value is Holder =>
  typeof value === 'object' &&
  value !== null &&
  [Object.prototype, null].includes(Object.getPrototypeOf(value));
/** Objects of these keep what their factories were given in members that begin with `_`. */
const OURS = [Config, Drain, DrainProxy, Exposure, HealthCheck, NetworkAccess, PodSecurity, SessionAffinity];
/** What the factories themselves write. */
const OWN_MEMBERS = ['_factory', '_exec', '_type'];
const isOurs = (value: unknown): value is Holder =>
  OURS.some(({ prototype }) => Object.prototype.isPrototypeOf.call(prototype, value as object));
/** Keys of these are the user's own. */
const MAPS =
  /^(labels|annotations|env|selectorLabels|nodeSelector|_data|httpHeaders|targetGroupAttributes|\w+Annotations)$/;
const isMap = ({ path }: Place) => MAPS.test(String(path.at(-1)));
const isOptions = (place: Place) => isPlain(place.value) && !isMap(place);
const notIf = (is: (value: unknown) => boolean) => (place: Place) =>
  place.path.length > 0 && !is(place.value);

/** Anywhere but the props themselves, whose absence is a test of its own. */
const INSIDE = notIf(() => false);

/** With a mistyped key for each one: a letter more, two letters swapped, snake case. */
function misspelt(value: unknown): Holder {
  return Object.fromEntries(
    Object.entries(value as Holder).map(([key, inner], i) => [
      [`${key}x`, key.replace(/^(.)(.)/, '$2$1_'), key.replace(/$/, '_of_it')][i % 3],
      inner,
    ]),
  );
}

export const FAULTS: Readonly<Record<string, Fault>> = {
  'misspelt keys': {
    fits: (place) => isOptions(place) && Object.keys(place.value as Holder).length > 0,
    make: misspelt,
  },
  'one key more': { fits: isOptions, make: (value) => ({ ...(value as Holder), qqq: 1 }) },
  'a key named __proto__': {
    fits: (place) => isPlain(place.value),
    make: (value) =>
      Object.defineProperty({ ...(value as Holder) }, '__proto__', { value: 'x', enumerable: true }),
  },
  null: { fits: notIf((value) => value === null), make: () => null },
  'a text': { fits: notIf((value) => typeof value === 'string'), make: () => 'a text' },
  'an empty text': { fits: notIf((value) => typeof value === 'string'), make: () => '' },
  'a number': { fits: notIf((value) => typeof value === 'number'), make: () => 7 },
  NaN: { fits: INSIDE, make: () => NaN },
  'a negative number': { fits: INSIDE, make: () => -1 },
  true: { fits: notIf((value) => typeof value === 'boolean'), make: () => true },
  'a list': { fits: notIf(Array.isArray), make: () => [undefined] },
  'an object': { fits: notIf(isPlain), make: () => ({ toString: {}, constructor: 5 }) },
  'a function': { fits: INSIDE, make: () => () => 7 },
  'a Map': { fits: INSIDE, make: () => new Map([['a', 'b']]) },
  'a Date': { fits: INSIDE, make: () => new Date(0) },
  'a bigint': { fits: INSIDE, make: () => 7n },
  'a symbol': { fits: INSIDE, make: () => Symbol('seven') },
  'an object of cdk8s': {
    fits: notIf((value) => value instanceof Duration),
    make: () => Duration.seconds(7),
  },
  'an object of a class': {
    fits: notIf(isPlain),
    make: () =>
      new (class Seven {
        readonly seven = 7;
      })(),
  },
  'a frozen object': { fits: (place) => isPlain(place.value), make: Object.freeze, harmless: true },
  'an object without a prototype': {
    fits: (place) => isPlain(place.value),
    make: (value) => Object.assign(Object.create(null), value),
    harmless: true,
  },
  'an object with getters': {
    fits: (place) => isPlain(place.value),
    make: (value) =>
      Object.create(
        {},
        Object.fromEntries(
          Object.entries(value as Holder).map(([key, inner]) => [
            key,
            { get: () => inner, enumerable: true },
          ]),
        ),
      ),
    harmless: true,
  },
};

/** Every place in the props, the props themselves first. */
export function placesIn(value: unknown, path: Place['path'] = []): Place[] {
  const holder =
    isPlain(value) || Array.isArray(value) ? Object.keys(value) : isOurs(value) ? members(value) : [];
  return [
    { path, value },
    ...holder.flatMap((key) => {
      const inner = (value as Holder)[key];
      return inner === undefined ? [] : placesIn(inner, [...path, key]);
    }),
  ];
}

function members(value: Holder): string[] {
  return Object.keys(value).filter((key) => !OWN_MEMBERS.includes(key));
}

/** The same props with a fault at one of their places. */
export function withFault(kind: string, n: number, props: object): object {
  const { fits, make } = FAULTS[kind];
  const places = placesIn(props).filter(fits);
  const { path, value } = places[n % places.length];
  return changed(props, path, () => make(value)) as object;
}

/** A copy with a change, also of an object of our classes, which cannot be made by hand. */
function changed(value: unknown, [key, ...rest]: Place['path'], change: () => unknown): unknown {
  if (key === undefined) {
    return change();
  }
  const copy: Holder = Array.isArray(value)
    ? [...value]
    : Object.create(Object.getPrototypeOf(value), Object.getOwnPropertyDescriptors(value as object));
  copy[key] = changed(copy[key], rest, change);
  return copy;
}
