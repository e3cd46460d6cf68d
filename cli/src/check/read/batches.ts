import { decode } from './encoding.js';
import type { Part } from './part.js';
import { readTogether } from './yaml.js';

const BATCH_BYTES = 64 * 1024;

/** The parts of a YAML file. Small documents are read together and come with their values. */
export function* inBatches(
  parts: Iterable<Part>,
): Generator<{ readonly part: Part; readonly value?: unknown }> {
  let batch: Part[] = [];
  for (const part of parts) {
    const [first, last] = [batch[0], batch[batch.length - 1]];
    if (first !== undefined && (last.end !== part.start || part.end - first.start > BATCH_BYTES)) {
      yield* read(batch);
      batch = [];
    }
    batch.push(part);
  }
  yield* read(batch);
}

function read(batch: readonly Part[]): readonly { readonly part: Part; readonly value?: unknown }[] {
  const [first, second] = batch;
  const text = second && decode(first.bytes.subarray(first.start, batch[batch.length - 1].end));
  const values = text === undefined ? undefined : readTogether(text, batch.length);
  return batch.map((part, index) => ({ part, value: values?.[index] }));
}
