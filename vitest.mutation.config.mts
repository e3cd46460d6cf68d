import { defineConfig } from 'vitest/config';
import everything from './vitest.config.mts';

export default defineConfig({
  resolve: everything.resolve,
  test: {
    include: ['test/mutation/every-behaviour.ts'],
  },
});
