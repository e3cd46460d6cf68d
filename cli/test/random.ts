import fc from 'fast-check';

/** Property tests run with this seed, or that of SEED, so that a failure can be run again; fast-check prints it. */
export const seed = Number(process.env.SEED ?? 20261123);

fc.configureGlobal({ seed, numRuns: 200 });

export { fc };
