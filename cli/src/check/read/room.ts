import { isFields } from './fields.js';
import type { Part } from './part.js';
import { maxDepth } from './yaml.js';

/**
 * The largest object that is read, in bytes: as much as an API server takes in a request,
 * [MaxRequestBodyBytes](https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/server/config.go).
 */
const maxObjectBytes = 3 * 1024 * 1024;
/** More than there can be in the 1 MiB that a ConfigMap may have, and in what is worth to be written. */
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
/** More than anybody mends before the next check. */
export const maxProblems = 10_000;
/** What is known of an object besides takes as much memory as so many values, and a list or a map as these. */
const [valuesOfObject, valuesOfCollection] = [10, 3];
/** So many characters of a long text take as much as a value. */
const [longText, charactersOfValue] = [64, 16];

/** Why not everything is read. */
export const tooMuch = 'this and what comes after it is too much to be checked at once; check fewer files';

/** How much more is read, of old and new manifests together. */
export class Room {
  private values = maxValues;
  private bytes = maxBytes;
  private problems = maxProblems;

  /** Takes the room of a file; false if there is not so much. */
  takesFile(bytes: number): boolean {
    this.bytes -= bytes;
    return this.bytes >= 0;
  }

  /** Takes the room of an object; false if there is not so much. */
  takesObject(values: number): boolean {
    this.values -= values + valuesOfObject;
    return this.values >= 0;
  }

  /** Takes the room of a problem; false if there is none. */
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
