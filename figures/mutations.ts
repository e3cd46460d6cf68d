/** What the tests found of the mutants of a file. */
export interface MutatedFile {
  readonly mutants: number;
  readonly found: number;
  /** Hash of the code that was changed. */
  readonly code: string;
}

/** The mutation score: file by file, and at which commit. */
export interface Mutations {
  readonly commit: string;
  readonly files: Readonly<Record<string, MutatedFile>>;
}

/** The mutants of some files, and how many of them the tests found. */
export function totalOf(files: readonly MutatedFile[]): Pick<MutatedFile, 'mutants' | 'found'> {
  return {
    mutants: files.reduce((sum, { mutants }) => sum + mutants, 0),
    found: files.reduce((sum, { found }) => sum + found, 0),
  };
}

/** Where the score is kept, from the root of the repository. */
export const MUTATIONS = 'docs/mutations.json';
