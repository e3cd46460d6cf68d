import { parseArgs } from 'node:util';
import { ALL, CLOUDS, MAIN } from '../scenarios';
import type { Scenario } from './scenario';

/** What the command line asks for. */
export interface Arguments {
  /** The full matrix instead of the main ones. */
  readonly all: boolean;
  /** Those with a cloud's timing instead of the main ones. */
  readonly clouds: boolean;
  /** Ids of scenarios, or parts of ids, from all lists. */
  readonly only?: readonly string[];
  /** Folder of the report, from the root of the repository. */
  readonly report?: string;
  /** Whether scenarios that have a verdict in the report are left as they are. */
  readonly resume: boolean;
  /** Where the test images are pushed to for a cluster that $KUBECONFIG names. */
  readonly registry?: string;
}

/** Reads the command line. */
export function readArguments(args: string[]): Arguments {
  const text = { type: 'string' } as const;
  const only = { ...text, multiple: true } as const;
  const list = { type: 'boolean', default: false } as const;
  const options = { all: list, clouds: list, only, report: text, resume: list, registry: text } as const;
  try {
    const { values } = parseArgs({ args, options });
    if (values.only && values.report) {
      throw new Error('--report cannot be combined with --only: a report shows all scenarios of a list');
    }
    if (values.resume && !values.report) {
      throw new Error('--resume needs --report: it completes a report');
    }
    return values;
  } catch (error) {
    throw new Error(
      `${(error as Error).message}\nWhat to do: npm run e2e -- [--all | --clouds] [--only ID ...] [--report FOLDER [--resume]] [--registry REGISTRY]`,
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
  const chosen = only.map((text) => withId(text));
  return [...ALL, ...CLOUDS].filter((scenario) => chosen.some((some) => some.includes(scenario)));
}

/** The scenario with this id, else all that have it as a part of their id. */
function withId(text: string): Scenario[] {
  const every = [...ALL, ...CLOUDS];
  const exact = every.filter(({ id }) => id === text);
  const found = exact.length > 0 ? exact : every.filter(({ id }) => id.includes(text));
  if (found.length === 0) {
    const ids = every.map(({ id }) => `  ${id}`).join('\n');
    throw new Error(
      `--only: no id of a scenario contains "${text}".\nWhat to do: write one of these, or a part of it\n${ids}`,
    );
  }
  return found;
}

/** The command that runs the same list again. */
export function commandFor({ all, clouds, only = [] }: Arguments): string {
  if (only.length > 0) {
    return `npm run e2e -- ${only.map((id) => `--only ${id}`).join(' ')}`;
  }
  if (clouds) {
    return 'npm run e2e:clouds';
  }
  return all ? 'npm run e2e:all' : 'npm run e2e';
}
