import type { Part } from './part.js';

/** How many bytes are many in an object: an API server takes no more in all its annotations. */
export const MANY_BYTES = 256 * 1024;
/** A character of YAML has at most so many in the JSON of Go, which escapes what is markup in HTML. */
const MOST_GROWTH = 6;

/** How many bytes an object has as JSON; none if they are certainly not many. */
export function bytesAsJson({ bytes, start, end }: Part, object: unknown): number | undefined {
  const repeats = bytes.subarray(start, end).includes('*');
  if (!repeats && (end - start) * MOST_GROWTH <= MANY_BYTES) {
    return undefined;
  }
  const json = JSON.stringify(object);
  return Buffer.byteLength(json) + (MOST_GROWTH - 1) * (json.match(/[<>&]/g) ?? []).length;
}
