/// <reference types="vite/client" />
// The tests that name one behaviour each, in one file: Stryker runs it once for each mutant, and what the tests import is
// loaded once for all of them. The property tests are left out: they would find more mutants, but each survivor would cost
// hundreds of runs.
import.meta.glob(
  [
    '../{adoption,autoscaling,cdk8s-plus,cloud-numbers,config,config-clean-up,defaults,drain-proxy}.test.ts',
    '../{exposure,further-exposures,mesh,metrics,pod-details,pod-security-levels,pods,props}.test.ts',
    '../refusals/*.test.ts',
  ],
  { eager: true, exhaustive: true },
);
