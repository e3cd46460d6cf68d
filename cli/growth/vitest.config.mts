import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['cli/growth/*.test.ts'], testTimeout: 600_000 } });
