import { createHmac, randomBytes } from 'node:crypto';
import { fields, type Fields } from './fields.js';

const key = randomBytes(32);

/** A Secret whose values can be compared with others of this run, and nothing else. */
export function withoutValues(secret: Fields): Fields {
  return {
    ...secret,
    ...('data' in secret ? { data: digests(secret.data) } : {}),
    ...('stringData' in secret ? { stringData: digests(secret.stringData) } : {}),
  };
}

function digests(data: unknown): Fields {
  return Object.fromEntries(
    Object.entries(fields(data)).map(([name, value]) => [
      name,
      createHmac('sha256', key).update(JSON.stringify(value)).digest('hex'),
    ]),
  );
}
