import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'cdk8s-zero-downtime': fileURLToPath(new URL('../../../src/index.ts', import.meta.url)) },
  },
  test: {
    include: ['e2e/without-cluster/shutdown/*.test.ts'],
    // The first run downloads and compiles the servers.
    hookTimeout: 600_000,
    testTimeout: 120_000,
    maxConcurrency: 20,
  },
});
