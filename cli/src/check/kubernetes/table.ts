import { readFileSync } from 'node:fs';
import { fileOfPackage } from '../../shared/package.js';
import { addTo } from '../model/values/grouped.js';
import { once } from '../model/values/once.js';

/** A kind of an API version, or a field of a type, in the minor versions of Kubernetes that have it. */
export interface Entry {
  readonly name: string;
  /** The type of its fields, those of the elements of a list or those of the values of a map; none if they may be anything. */
  readonly type: string | undefined;
  /** Whether it is a map, whose keys are free. */
  readonly isMap: boolean;
  /** The first and the last minor version that have it. */
  readonly from: number;
  readonly to: number;
}

/** The entries of a name: several if its type has changed. */
export type Entries = ReadonlyMap<string, readonly Entry[]>;

/**
 * What the API servers of Kubernetes take, as `npm run kubernetes-api` writes it: kinds by API version, and fields by type, in
 * lines such as `hostUsers resources:core.v1.ResourceRequirements@32-`. A star stands for a map, and after @ are the first and
 * the last minor version, if they are not those of the type.
 */
interface Table {
  readonly minors: readonly number[];
  readonly apis: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, string>>;
}

const TABLE = JSON.parse(readFileSync(fileOfPackage('src/check/kubernetes/api.json'), 'utf8')) as Table;
const APIS = new Map(Object.entries(TABLE.apis));
const TYPES = new Map(Object.entries(TABLE.types));

/** The minor versions of Kubernetes that are known, from the oldest to the newest. */
export const MINORS = TABLE.minors;
const [OLDEST] = MINORS;
export const NEWEST = MINORS[MINORS.length - 1];

/** The versions of the API groups that are known. */
export const API_VERSIONS: readonly string[] = [...APIS.keys()];

/** The kinds of an API version. */
export const kindsOf = once((apiVersion: string): Entries => entriesIn(APIS.get(apiVersion)));

/** The fields of a type. */
export const fieldsOf = once((type: string): Entries => entriesIn(TYPES.get(type)));

const NONE: Entries = new Map();

function entriesIn(line: string | undefined): Entries {
  if (line === undefined) {
    return NONE;
  }
  const entries = new Map<string, Entry[]>();
  for (const [, name, star, type, from, to] of line.matchAll(
    /([^\s:@]+)(?::(\*?)([^\s@]+))?(?:@(\d*)-(\d*))?/g,
  )) {
    addTo(entries, name, {
      name,
      type,
      isMap: star === '*',
      from: Number(from || OLDEST),
      to: Number(to || NEWEST),
    });
  }
  return entries;
}
