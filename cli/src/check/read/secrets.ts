import { createHmac, randomBytes } from 'node:crypto';
import { fields, type Fields } from './fields.js';

/** Where kubectl apply keeps the manifest that it applied, values included. */
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

const DIGEST_KEY = randomBytes(32);

/** An object, without its values if it is a Secret. */
export function withoutValuesOfSecret(object: Fields): Fields {
  return object.kind === 'Secret' ? withoutValues(object) : object;
}

/**
 * A Secret with digests instead of values, which can be compared with others of this run and serve nothing else. The same value
 * has the same digest in data and in stringData.
 */
export function withoutValues(secret: Fields): Fields {
  return {
    ...secret,
    ...('metadata' in secret ? { metadata: withoutManifest(fields(secret.metadata)) } : {}),
    ...('data' in secret ? { data: digests(secret.data, 'base64') } : {}),
    ...('stringData' in secret ? { stringData: digests(secret.stringData, 'utf8') } : {}),
  };
}

function withoutManifest(metadata: Fields): Fields {
  const { [LAST_APPLIED_ANNOTATION]: manifest, ...annotations } = fields(metadata.annotations);
  return manifest === undefined ? metadata : { ...metadata, annotations };
}

function digests(data: unknown, encoding: 'base64' | 'utf8'): Fields {
  return Object.fromEntries(
    Object.entries(fields(data)).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [name, createHmac('sha256', DIGEST_KEY).update(Buffer.from(text, encoding)).digest('hex')];
    }),
  );
}
