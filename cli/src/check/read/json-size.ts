/** How many bytes a value has as JSON, as Go writes it: it escapes what is markup in HTML. */
export function bytesAsJson(value: unknown): number {
  const json = JSON.stringify(value);
  return Buffer.byteLength(json) + 5 * (json.match(/[<>&]/g) ?? []).length;
}
