import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/without-cluster/field/*.test.ts'],
    testTimeout: 60_000,
    update: 'none',
    reporters: ['verbose'],
  },
});
