import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['cli/kubectl/*.test.ts'], testTimeout: 60_000 } });
