import { type Command, type CommanderError, Option as CommanderOption } from 'commander';
import { UsageError } from './errors.js';

/** One option of a command, as the parser and the help see it. */
export interface Option {
  /** The placeholder for its value in the help. An option without one is a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  /** The values that there are, if they can be listed. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** The options of a command, by name, in groups with a heading. */
export type OptionGroups = Readonly<Record<string, Readonly<Record<string, Option>>>>;

/** What was on the command line. */
export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
  /** Everything after `--`, if there is one. */
  readonly rest?: readonly string[];
}

/** A command with its help. */
export interface CommandSpec {
  readonly name: string;
  /** Its line in the list of commands. */
  readonly summary: string;
  /** What follows its name. */
  readonly usage: string;
  readonly description: string;
  readonly options: OptionGroups;
  /** Its arguments, if they can be listed. Otherwise they are taken for files in completion. */
  readonly choices?: readonly string[];
  /** What the help says below the options. */
  readonly more?: string;
  /** Returns the exit status. */
  readonly run: (parsed: Parsed) => Promise<number>;
}

/** The command line in two parts: before `--`, and after it, if there is one. */
export function splitAtSeparator(args: readonly string[]): { own: string[]; rest?: readonly string[] } {
  const end = args.indexOf('--');
  return end === -1 ? { own: [...args] } : { own: args.slice(0, end), rest: args.slice(end + 1) };
}

/** Makes a command of a parser refuse, and write nothing, instead of ending the process. */
export function withoutExit(command: Command): Command {
  return command.exitOverride().configureOutput({ writeErr: () => undefined });
}

/** Gives a command of the parser the options, the help and the action of a specification. */
export function setUp(
  command: Command,
  { summary, usage, description, options, more }: Omit<CommandSpec, 'name' | 'run'>,
  act: (parsed: Omit<Parsed, 'rest'>) => void,
): Command {
  command.summary(summary).usage(usage).description(description).argument('[ARGUMENTS...]');
  command.configureHelp({ visibleArguments: () => [] });
  for (const [heading, group] of Object.entries(options)) {
    command.optionsGroup(`${heading}:`);
    Object.entries(group).forEach(([name, option]) => command.addOption(toCommander(name, option)));
  }
  command.addHelpText('after', more === undefined ? '' : `\n${more}`);
  return command.action((positionals: string[]) => {
    act({ values: valuesOf(command), positionals });
  });
}

function toCommander(name: string, { value, multiple = false, choices = [], help }: Option): CommanderOption {
  const option = new CommanderOption(value === undefined ? `--${name}` : `--${name} <${value}>`, help);
  if (value === undefined) {
    return option;
  }
  if (choices.length > 0) {
    // For the help and for completion. The reader below checks values in place of the parser's own.
    option.choices(choices);
  }
  return option.argParser((text: string, earlier?: string | string[]) => {
    if (text === '') {
      throw new UsageError(`--${name}: got ""; write ${value}, or leave it out`);
    }
    if (text.startsWith('--')) {
      throw new UsageError(`--${name}: got an option in place of a value; write ${value}`);
    }
    if (earlier !== undefined && !multiple) {
      throw new UsageError(`--${name}: it is there twice; write it once`);
    }
    return multiple ? [...(earlier ?? []), text] : text;
  });
}

function valuesOf(command: Command): Parsed['values'] {
  return Object.fromEntries(
    command.options.map((option) => [option.name(), command.getOptionValue(option.attributeName()) as never]),
  );
}

/** What the parser refused, as a sentence that says where help is. */
export function refusalOf({ code, message }: CommanderError, command: string): UsageError {
  const [said, hint] = message.replace(/^error: /, '').split('\n');
  // Of an option only the name is repeated: its value may be a password.
  const what = code === 'commander.help' ? 'there is no such command' : said.replace(/=[^']*'/, "'");
  const meant = /^\(Did you mean (.*)\?\)$/.exec(hint ?? '')?.[1];
  const hinted = meant === undefined ? '; see' : `; did you mean ${meant}? See`;
  return new UsageError(`${what}${hinted} ${command} --help`);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a duration, such as 500ms, 10s, 2m or 1h, as milliseconds. */
export function readDuration(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined) {
    throw new UsageError(`got "${text}"; write a duration such as 500ms, 10s or 2m`);
  }
  return Number(number) * UNITS[unit];
}

/** A duration as it is written on the command line. */
export function writeDuration(ms: number): string {
  const unit = ['h', 'm', 's'].find((name) => ms >= UNITS[name] && ms % UNITS[name] === 0) ?? 'ms';
  return `${ms / UNITS[unit]}${unit}`;
}

/** Reads an option whose values can be listed; undefined if it is not there. */
export function readChoice<Choice extends string>(
  values: Parsed['values'],
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const given = values[name];
  const choice = choices.find((one) => one === given);
  if (given !== undefined && choice === undefined) {
    throw new UsageError(`--${name}: got "${String(given)}"; write ${choices.join(', ')}`);
  }
  return choice;
}

/** Reads a number. */
export function readNumber(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new UsageError(`got "${text}"; write a number`);
  }
  return Number(text);
}
