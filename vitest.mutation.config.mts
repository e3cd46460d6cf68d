import { defineConfig } from 'vitest/config';

// The tests that name one behaviour each. The property tests are left out: they would find more mutants, but
// each survivor would cost hundreds of runs.
export default defineConfig({
  test: {
    include: [
      'test/{adoption,autoscaling,cdk8s-plus,config,defaults,drain-proxy,exposure,pods,props}.test.ts',
      'test/refusals/*.test.ts',
    ],
  },
});
