import fc from 'fast-check';

/** Property tests run with this seed, or that of FC_SEED, so that a failure can be run again; fast-check prints it. */
export const seed = Number(process.env.FC_SEED ?? 20261123);

fc.configureGlobal({ seed, numRuns: Number(process.env.FC_NUM_RUNS ?? 100) });

export { fc };
