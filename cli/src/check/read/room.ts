import { isFields } from './fields.js';
import type { Part } from './part.js';
import { MAX_DEPTH } from './yaml.js';

/**
 * The largest object that is read, in bytes: as much as an API server takes in a request,
 * [MaxRequestBodyBytes](https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/server/config.go).
 */
const MAX_OBJECT_BYTES = 3 * 1024 * 1024;
/** More than fits into the 1 MiB of a ConfigMap, and more than any useful object has. */
const MAX_MARKS = 250_000;

const VALUE_MARKS: ReadonlySet<number> = new Set(Buffer.from(',:-?[{'));

/** Why an object is too large to be read; none if it is not. */
export function whyTooLarge({ bytes, start, end }: Part): string | undefined {
  if (end - start > MAX_OBJECT_BYTES) {
    return `this object is larger than ${MAX_OBJECT_BYTES / 1024 / 1024} MB, which no API server takes; write --- between objects`;
  }
  let left = end - start > MAX_MARKS ? MAX_MARKS : Infinity;
  for (let at = start; at < end && left < Infinity; at++) {
    if (VALUE_MARKS.has(bytes[at]) && --left < 0) {
      return 'this object has too many values to be read';
    }
  }
  return undefined;
}

/** What 600 MB of memory hold with room to spare: 8 million values, or 170,000 Services, in 96 MB. */
const MAX_VALUES = 8_000_000;
const MAX_BYTES = 96 * 1024 * 1024;
/** More than anybody fixes before the next check. */
export const MAX_PROBLEMS = 10_000;
/** The memory that an object takes beside its values, and that of a list or a map, in values. */
const [VALUES_OF_OBJECT, VALUES_OF_COLLECTION] = [10, 3];
/** A text longer than LONG_TEXT counts as one more value for every CHARACTERS_OF_VALUE of its characters. */
const [LONG_TEXT, CHARACTERS_OF_VALUE] = [64, 16];

/** Why not everything is read. */
export const TOO_MUCH = 'this and what comes after it is too much to be checked at once; check fewer files';

/** How much may still be read, of old and new manifests together. */
export class Room {
  private values = MAX_VALUES;
  private bytes = MAX_BYTES;
  private problems = MAX_PROBLEMS;

  /** Reserves room for a file. Returns false if there is not enough. */
  takesFile(bytes: number): boolean {
    this.bytes -= bytes;
    return this.bytes >= 0;
  }

  /** Reserves room for an object. Returns false if there is not enough. */
  takesObject(values: number): boolean {
    this.values -= values + VALUES_OF_OBJECT;
    return this.values >= 0;
  }

  /** Reserves room for a problem. Returns false if there is none. */
  takesProblem(): boolean {
    return --this.problems >= 0;
  }

  /** Whether nothing more is read. */
  get isFull(): boolean {
    return Math.min(this.values, this.bytes, this.problems) < 0;
  }
}

/** How many scalars take as much memory as a value; infinitely many if it is too deep. */
export function countValues(value: unknown, depth = 0): number {
  if (depth > MAX_DEPTH) {
    return Infinity;
  }
  if (typeof value === 'string') {
    return 1 + (value.length > LONG_TEXT ? value.length / CHARACTERS_OF_VALUE : 0);
  }
  if (!isFields(value) && !Array.isArray(value)) {
    return 1;
  }
  let values = VALUES_OF_COLLECTION;
  for (const inner of Object.values(value)) {
    values += countValues(inner, depth + 1);
  }
  return values;
}
