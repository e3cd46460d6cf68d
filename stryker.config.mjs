import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import ts from 'typescript';

/** Of so many functions, classes and constants of a file, one is mutated. `MUTATE=all` mutates all, in many hours. */
const ONE_OF = 8;

/** The lines of the functions, classes and constants of a file that are drawn, at least one, by a hash of what they are. */
function sampleOf(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const line = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const draw = (statement) =>
    createHash('sha256')
      .update(`${path} ${statement.getText(source)}`)
      .digest('hex');
  const drawn = source.statements
    .filter(
      (one) => ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one) || ts.isVariableStatement(one),
    )
    .map((one) => ({ lines: `${line(one.getStart(source))}-${line(one.getEnd())}`, hash: draw(one) }))
    .sort((one, other) => one.hash.localeCompare(other.hash));
  return drawn.slice(0, Math.ceil(drawn.length / ONE_OF)).map(({ lines }) => `${path}:${lines}`);
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
