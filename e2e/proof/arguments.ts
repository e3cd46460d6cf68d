import { parseArgs } from 'node:util';
import { ALL, CLOUDS, MAIN } from '../scenarios';
import type { Scenario } from './scenario';

/** What the command line asks for. */
export interface Arguments {
  /** The full matrix instead of the main ones. */
  readonly all: boolean;
  /** Those with a cloud's timing instead of the main ones. */
  readonly clouds: boolean;
  /** Only scenarios with one of these in their name, of all there are. */
  readonly only?: readonly string[];
  /** Folder of the report, from the root of the repository. */
  readonly report?: string;
  /** Where the test images are pushed to for a cluster that $KUBECONFIG names. */
  readonly registry?: string;
}

/** Reads the command line. */
export function readArguments(args: string[]): Arguments {
  const text = { type: 'string' } as const;
  const only = { ...text, multiple: true } as const;
  const list = { type: 'boolean', default: false } as const;
  const options = { all: list, clouds: list, only, report: text, registry: text } as const;
  try {
    const { values } = parseArgs({ args, options });
    if (values.only && values.report) {
      throw new Error('--report: got it together with --only; a report is whole');
    }
    return values;
  } catch (error) {
    throw new Error(
      `${(error as Error).message}\nWhat to do: npm run e2e -- [--all | --clouds] [--only PART-OF-A-NAME ...] [--report FOLDER] [--registry REGISTRY]`,
      { cause: error },
    );
  }
}

/** The scenarios that are to run. */
export function chooseScenarios({ all, clouds, only }: Arguments): Scenario[] {
  if (only === undefined && clouds) {
    return CLOUDS;
  }
  if (only === undefined) {
    return all ? ALL : MAIN;
  }
  const named = [...ALL, ...CLOUDS];
  const unknown = only.find((part) => !named.some(({ name }) => name.includes(part)));
  if (unknown !== undefined) {
    const names = named.map(({ name }) => `  ${name}`).join('\n');
    throw new Error(
      `--only: no scenario has "${unknown}" in its name.\nWhat to do: write a part of one of\n${names}`,
    );
  }
  return named.filter(({ name }) => only.some((part) => name.includes(part)));
}

/** The command that runs the same list again. */
export function commandFor({ all, clouds, only = [] }: Arguments): string {
  if (only.length > 0) {
    return `npm run e2e -- ${only.map((part) => `--only "${part}"`).join(' ')}`;
  }
  if (clouds) {
    return 'npm run e2e:clouds';
  }
  return all ? 'npm run e2e:all' : 'npm run e2e';
}
