import { checkCommand } from './commands/check.js';
import { probeCommand } from './commands/probe/probe.js';
import { rulesCommand } from './commands/rules.js';
import { CannotMeasureError, UsageError } from './shared/errors.js';
import { printable } from './shared/untrusted-text.js';

const HELP = `Usage: zero-downtime COMMAND

Proves that a service drops no request while it changes.

Commands:
  probe   send requests on a fixed schedule and account for every one of them
  check   say what in manifests, or in a change of them, drops requests
  rules   list what check looks for

zero-downtime COMMAND --help says more.
`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  probe: probeCommand,
  check: checkCommand,
  rules: rulesCommand,
};

/** Runs the command line and returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    if (name === undefined || !Object.hasOwn(COMMANDS, name)) {
      // Anything but a word is not repeated: it may be a URL with a password.
      const got = name === undefined ? 'none' : /^[\w-]+$/.test(name) ? name : 'something else';
      throw new UsageError(`write a command, got ${got}; see zero-downtime --help`);
    }
    return await COMMANDS[name](rest);
  } catch (error) {
    process.stderr.write(`zero-downtime: ${printable(messageOf(error))}\n`);
    return 1;
  }
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
