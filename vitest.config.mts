import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Files that change how their process works. */
const ALONE = ['cli/test/probe/in-flight.test.ts'];

/** Files that start programs or compile them, of which coverage sees nothing. */
const PROGRAMS = ['test/{cdk8s-validation,docs,synth-command}.test.ts'];

const resolve: TestProjectInlineConfiguration['resolve'] = {
  alias: {
    'cdk8s-zero-downtime': fileURLToPath(new URL('./src/index.ts', import.meta.url)),
    'zero-downtime': fileURLToPath(new URL('./cli/src/index.ts', import.meta.url)),
  },
};

const test: TestProjectInlineConfiguration['test'] = {
  // Ends what hangs. It is no bound on speed: on a busy machine whole programs and property tests take minutes.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  chaiConfig: { truncateThreshold: 0 },
  // Tests that run beside each other wait most of the time.
  maxConcurrency: 10,
  // Files share a process and what it has imported, which takes longer than the tests of most.
  isolate: false,
};

export default defineConfig({
  resolve,
  test: {
    ...test,
    update: 'none',
    // Many files wait for servers and programs most of the time, so two cores have time for four.
    maxWorkers: Math.max(4, availableParallelism()),
    projects: [
      {
        // With the coverage below, which slows down what runs in its processes.
        extends: true,
        test: {
          name: 'library',
          include: ['test/**/*.test.ts'],
          // Needs Go: npm run test:helm
          exclude: ['test/helm/**', ...PROGRAMS],
        },
      },
      {
        resolve,
        test: {
          ...test,
          name: 'programs',
          include: ['cli/test/**/*.test.ts', 'e2e/test/**/*.test.ts', ...PROGRAMS],
          exclude: ALONE,
          globalSetup: 'cli/test/build.ts',
        },
      },
      { resolve, test: { ...test, name: 'alone', include: ALONE, isolate: true } },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // Its programs run in processes of their own, which coverage does not see.
      exclude: ['cli/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 95 },
    },
  },
});
