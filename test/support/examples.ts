import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the examples. */
export const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** The names of the examples. */
export const exampleNames = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
