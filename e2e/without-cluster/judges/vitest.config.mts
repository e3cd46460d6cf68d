import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/without-cluster/judges/*.test.ts'],
    // The schemas for kubeconform are those of running API servers.
    globalSetup: ['e2e/without-cluster/judges/setup.ts', 'e2e/without-cluster/servers/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
});
