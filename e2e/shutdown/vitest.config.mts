import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: { 'cdk8s-zero-downtime': source('src/index.ts'), 'zero-downtime': source('cli/src/index.ts') },
  },
  test: {
    include: ['e2e/shutdown/*.test.ts'],
    // The first run downloads and compiles the servers.
    hookTimeout: 600_000,
    testTimeout: 120_000,
    maxConcurrency: 20,
  },
});
