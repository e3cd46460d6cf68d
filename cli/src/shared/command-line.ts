import { parseArgs } from 'node:util';
import { UsageError } from './errors.js';

/** One option of a command, as the parser and the help see it. */
export interface Option {
  /** The placeholder for its value in the help. An option without one is a switch. */
  readonly value?: string;
  readonly multiple?: boolean;
  /** The lines of its help. */
  readonly help: readonly string[];
}

/** The options of a command, by name, in groups with a heading. */
export type OptionGroups = Readonly<Record<string, Readonly<Record<string, Option>>>>;

/** What was on the command line. */
export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
  /** Everything after `--`. */
  readonly rest: readonly string[];
}

/** Splits a command line into options, positionals and what follows `--`. Unknown options are refused. */
export function parse(args: readonly string[], groups: OptionGroups, command: string): Parsed {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const options = Object.fromEntries(
    Object.entries(optionsOf(groups)).map(([name, { value, multiple }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: multiple ?? false },
    ]),
  );
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...own],
      options,
      allowPositionals: true,
      tokens: true,
    });
    refuseEmptyAndRepeated(tokens, optionsOf(groups));
    return { values, positionals, rest: end === -1 ? [] : args.slice(end + 1) };
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    throw new UsageError(`${firstSentence(error as Error)}; see ${command} --help`);
  }
}

function refuseEmptyAndRepeated(
  tokens: readonly { kind: string; name?: string; value?: string }[],
  options: Readonly<Record<string, Option>>,
): void {
  const seen = new Set<string>();
  for (const { name = '', value } of tokens.filter(({ kind }) => kind === 'option')) {
    const option = options[name];
    if (value === '') {
      throw new UsageError(`--${name}: got ""; write ${option.value}, or leave it out`);
    }
    if (seen.has(name) && option.value !== undefined && !option.multiple) {
      throw new UsageError(`--${name}: it is there twice; write it once`);
    }
    seen.add(name);
  }
}

/** The help of a command's options. */
export function optionHelp(groups: OptionGroups): string {
  return Object.entries(groups)
    .map(([heading, options]) => {
      const lines = Object.entries(options).flatMap(([name, { value, help }]) => {
        const [first, ...more] = help;
        const usage = `  --${name}${value === undefined ? '' : ` ${value}`}`;
        const indented = more.map((line) => ' '.repeat(HELP_COLUMN) + line);
        return usage.length < HELP_COLUMN - 1
          ? [usage.padEnd(HELP_COLUMN) + first, ...indented]
          : [usage, ' '.repeat(HELP_COLUMN) + first, ...indented];
      });
      return [`${heading}:`, ...lines].join('\n');
    })
    .join('\n\n');
}

const HELP_COLUMN = 30;

function optionsOf(groups: OptionGroups): Record<string, Option> {
  return Object.assign({}, ...Object.values(groups)) as Record<string, Option>;
}

/** Node adds advice about positionals that does not apply here. */
function firstSentence({ message }: Error): string {
  return message.split(/\. |\n/)[0].replace(/\.$/, '');
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

/** Reads a number. */
export function readNumber(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new UsageError(`got "${text}"; write a number`);
  }
  return Number(text);
}
