import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'cdk8s-zero-downtime': fileURLToPath(new URL('../../../src/index.ts', import.meta.url)) },
  },
  test: {
    include: ['e2e/without-cluster/haproxy/*.test.ts'],
    // One after the other: the load of one file would delay the answers of another.
    fileParallelism: false,
    testTimeout: 30_000,
  },
});
