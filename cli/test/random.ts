import fc from 'fast-check';

/** Property tests run with this seed, so that a failure can be run again; fast-check prints it. */
export const seed = 20261123;

fc.configureGlobal({ seed, numRuns: 200 });

export { fc };
