/** What property tests draw from; another seed tries other values: FC_SEED=7 npx vitest run test/properties.test.ts */
export const SEED = Number(process.env.FC_SEED ?? 2018);

/** How many values a property is tried with, if FC_NUM_RUNS does not say another number. */
export function numRuns(usual: number): number {
  return Number(process.env.FC_NUM_RUNS ?? usual);
}
