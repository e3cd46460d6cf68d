import { isFields } from './fields.js';
import type { Part } from './part.js';
import { maxDepth } from './yaml.js';

/**
 * The largest object that is read, in bytes: as much as an API server takes in a request,
 * [MaxRequestBodyBytes](https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/server/config.go).
 */
const maxObjectBytes = 3 * 1024 * 1024;
/** More than fits into the 1 MiB of a ConfigMap, and more than any useful object has. */
const maxMarks = 250_000;

const marks: ReadonlySet<number> = new Set(Buffer.from(',:-?[{'));

/** Why an object is too large to be read; none if it is not. */
export function whyTooLarge({ bytes, start, end }: Part): string | undefined {
  if (end - start > maxObjectBytes) {
    return `this object is larger than ${maxObjectBytes / 1024 / 1024} MB, which no API server takes; write --- between objects`;
  }
  let left = end - start > maxMarks ? maxMarks : Infinity;
  for (let at = start; at < end && left < Infinity; at++) {
    if (marks.has(bytes[at]) && --left < 0) {
      return 'this object has too many values to be read';
    }
  }
  return undefined;
}

/** What 600 MB of memory hold with room to spare: 8 million values, or 170,000 Services, in 96 MB. */
const maxValues = 8_000_000;
const maxBytes = 96 * 1024 * 1024;
/** More than anybody fixes before the next check. */
export const maxProblems = 10_000;
/** The memory that an object takes beside its values, and that of a list or a map, in values. */
const [valuesOfObject, valuesOfCollection] = [10, 3];
/** A text longer than the first of these counts as one more value for every `charactersOfValue` characters. */
const [longText, charactersOfValue] = [64, 16];

/** Why not everything is read. */
export const tooMuch = 'this and what comes after it is too much to be checked at once; check fewer files';

/** How much may still be read, of old and new manifests together. */
export class Room {
  private values = maxValues;
  private bytes = maxBytes;
  private problems = maxProblems;

  /** Reserves room for a file. Returns false if there is not enough. */
  takesFile(bytes: number): boolean {
    this.bytes -= bytes;
    return this.bytes >= 0;
  }

  /** Reserves room for an object. Returns false if there is not enough. */
  takesObject(values: number): boolean {
    this.values -= values + valuesOfObject;
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
  if (depth > maxDepth) {
    return Infinity;
  }
  if (typeof value === 'string') {
    return 1 + (value.length > longText ? value.length / charactersOfValue : 0);
  }
  if (!isFields(value) && !Array.isArray(value)) {
    return 1;
  }
  let values = valuesOfCollection;
  for (const inner of Object.values(value)) {
    values += countValues(inner, depth + 1);
  }
  return values;
}
