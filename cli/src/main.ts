import { checkCommand } from './check-command.js';
import { CannotMeasureError, UsageError } from './errors.js';
import { printable } from './outside-text.js';
import { probeCommand } from './probe-command.js';
import { rulesCommand } from './rules-command.js';

const help = `Usage: zero-downtime COMMAND

Proves that a service drops no request while it changes.

Commands:
  probe   send requests on a fixed schedule and account for every one of them
  check   say what in manifests, or in a change of them, drops requests
  rules   list what check looks for

zero-downtime COMMAND --help says more.
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  probe: probeCommand,
  check: checkCommand,
  rules: rulesCommand,
};

/** Runs the command line and returns the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--help' || name === 'help') {
    process.stdout.write(help);
    return 0;
  }
  try {
    if (name === undefined || !Object.hasOwn(commands, name)) {
      // What is no word may be a URL with a password.
      const got = name === undefined ? 'none' : /^[\w-]+$/.test(name) ? name : 'something else';
      throw new UsageError(`write a command, got ${got}; see zero-downtime --help`);
    }
    return await commands[name](rest);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CannotMeasureError)) throw error;
    process.stderr.write(`zero-downtime: ${printable(error.message)}\n`);
    return 1;
  }
}
