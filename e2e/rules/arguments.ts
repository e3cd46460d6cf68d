import { parseArgs } from 'node:util';
import type { Trial } from './trial';
import { TRIALS } from './trials';

/** What the command line asks for. */
export interface Arguments {
  readonly trials: readonly Trial[];
  /** Folder of the results, from the root of the repository. */
  readonly report?: string;
}

/** Reads the command line. */
export function readArguments(args: string[]): Arguments {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args, options: { only: { ...text, multiple: true }, report: text } });
    const { only, report } = values;
    const unknown = only?.find((rule) => !TRIALS.some((trial) => trial.rule === rule));
    if (unknown !== undefined) {
      throw new Error(`--only: there is no trial for ${unknown}`);
    }
    return { trials: TRIALS.filter(({ rule }) => only === undefined || only.includes(rule)), report };
  } catch (error) {
    throw new Error(
      `${(error as Error).message}\nWhat to do: npm run e2e:rules -- [--only RULE ...] [--report FOLDER]\nRULE is one of ${TRIALS.map(({ rule }) => rule).join(', ')}`,
      { cause: error },
    );
  }
}
