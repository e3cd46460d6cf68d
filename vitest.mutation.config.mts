import { defineConfig } from 'vitest/config';

// The tests that name one behaviour each. The property tests are left out: they would find more mutants, but
// each survivor would cost hundreds of runs.
export default defineConfig({
  test: {
    include: ['test/{adoption,cdk8s-plus,defaults,exposure,props}.test.ts', 'test/refusals/*.test.ts'],
  },
});
