import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { env } from 'node:process';

/** Of so many lines with code of a file, one is mutated. `MUTATE=all` mutates all of them, in many hours. */
const ONE_OF = 14;

/** The lines of a file that are drawn, at least one, by a hash of what they are. */
function sampleOf(path) {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .map((text, index) => ({ text: text.trim(), number: index + 1 }))
    .filter(({ text }) => /\w/.test(text) && !/^(?:\/?\*|\/\/|import |export type |\} from )/.test(text))
    .map(({ text, number }) => ({
      number,
      hash: createHash('sha256').update(`${path} ${text}`).digest('hex'),
    }))
    .sort((one, other) => one.hash.localeCompare(other.hash));
  return lines.slice(0, Math.ceil(lines.length / ONE_OF)).map(({ number }) => `${path}:${number}-${number}`);
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => `src/${path}`);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.mts', related: false },
  mutate: env.MUTATE === 'all' ? files : files.flatMap(sampleOf),
  concurrency: 2,
  timeoutMS: 30_000,
  coverageAnalysis: 'perTest',
  ignorePatterns: ['/coverage', '/dist', '/lib'],
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { reportTests: false, allowColor: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
};
