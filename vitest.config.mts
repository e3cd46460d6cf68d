import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      'cdk8s-zero-downtime': fileURLToPath(new URL('./src/index.ts', import.meta.url)),
      'zero-downtime': fileURLToPath(new URL('./cli/src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/**/*.test.ts', 'cli/test/**/*.test.ts', 'e2e/test/**/*.test.ts'],
    // Needs Go: npm run test:helm
    exclude: [...configDefaults.exclude, 'test/helm/**'],
    update: 'none',
    maxWorkers: '100%',
    // Ends what hangs. It is no bound on speed: on a busy machine whole programs and property tests take minutes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    chaiConfig: { truncateThreshold: 0 },
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
