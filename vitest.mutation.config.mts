import { defineConfig } from 'vitest/config';

// The tests that name one behaviour each. The property tests are left out: they would find more mutants, but
// each survivor would cost hundreds of runs.
export default defineConfig({
  test: {
    include: [
      'test/{adoption,autoscaling,cdk8s-plus,config,config-clean-up,config-names,defaults,drain-proxy}.test.ts',
      'test/{exposure,further-exposures,mesh,metrics,pod-details,pods,props}.test.ts',
      'test/refusals/*.test.ts',
    ],
  },
});
