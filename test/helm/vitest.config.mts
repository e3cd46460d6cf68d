import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['test/helm/*.test.ts'] } });
