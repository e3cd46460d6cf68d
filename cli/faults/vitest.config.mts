import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['cli/faults/*.test.ts'],
    globalSetup: 'cli/faults/setup.ts',
    // The first run downloads three versions of Node.js.
    hookTimeout: 600_000,
    testTimeout: 200_000,
    maxWorkers: 2,
    // Most of a case is waiting.
    maxConcurrency: 6,
  },
});
