import { Command, CommanderError } from 'commander';
import { CHECK } from './commands/check.js';
import { completionOf } from './commands/completion.js';
import { PROBE } from './commands/probe/command.js';
import { RULES } from './commands/rules.js';
import { refusalOf, setUp, splitAtSeparator, withoutExit, type CommandSpec } from './shared/command-line.js';
import { CannotMeasureError, UsageError } from './shared/errors.js';
import { printable } from './shared/untrusted-text.js';
import { readVersion } from './shared/package.js';

const WORK: readonly CommandSpec[] = [PROBE, CHECK, RULES];
const COMMANDS: readonly CommandSpec[] = [...WORK, completionOf(WORK)];

const MORE = 'zero-downtime COMMAND --help says more.';

/** Runs the command line and returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    process.stderr.write(`zero-downtime: ${printable(messageOf(error))}\n`);
    return 1;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { own, rest } = splitAtSeparator(args);
  let running: Promise<number> | undefined;
  const program = withoutExit(new Command('zero-downtime'))
    .usage('COMMAND')
    .description('Proves that a service drops no request while it changes.')
    .version(readVersion())
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', `\n${MORE}`);
  for (const { name, run: start, ...spec } of COMMANDS) {
    setUp(program.command(name), spec, (parsed) => {
      running = start({ ...parsed, rest });
    });
  }
  const [name] = own;
  // Anything but a word is not repeated: it may be a URL with a password.
  if (name === undefined || !/^[\w-]+$/.test(name)) {
    const got = name === undefined ? 'none' : 'something else';
    throw new UsageError(`write a command, got ${got}; see zero-downtime --help`);
  }
  try {
    program.parse(own, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    if (error.exitCode === 0) {
      return 0;
    }
    const known = COMMANDS.some((command) => command.name === name);
    throw refusalOf(error, known ? `zero-downtime ${name}` : 'zero-downtime');
  }
  return (await running) ?? 0;
}

/** The message for an error that the user can do something about. Every other error is thrown on. */
function messageOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof CannotMeasureError) {
    return error.message;
  }
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd') {
    return 'the current folder is not there any more; change into one that is';
  }
  throw error;
}
