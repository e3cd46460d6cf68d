import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/helm/*.test.ts'],
    // Ends what hangs. On a busy machine Helm takes a while.
    testTimeout: 600_000,
    hookTimeout: 1_200_000,
  },
});
