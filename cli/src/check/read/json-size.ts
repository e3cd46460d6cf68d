/** Fewer values than this, as memory counts them, have less than 256 KiB as JSON with names of at most 253 characters. */
export const FEW_VALUES = 400;

/** How many bytes a value has as JSON, as Go writes it: it escapes what is markup in HTML. */
export function bytesAsJson(value: unknown): number {
  const json = JSON.stringify(value);
  return Buffer.byteLength(json) + 5 * (json.match(/[<>&]/g) ?? []).length;
}
