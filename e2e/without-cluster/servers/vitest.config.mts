import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/without-cluster/servers/*.test.ts'],
    globalSetup: 'e2e/without-cluster/servers/setup.ts',
    // A failing value is shrunk before it is shown.
    testTimeout: 1_800_000,
    // Helm may have to be built first.
    hookTimeout: 1_200_000,
    maxWorkers: 2,
    reporters: ['verbose'],
    disableConsoleIntercept: true,
  },
});
