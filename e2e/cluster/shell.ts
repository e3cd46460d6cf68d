import { execa, ExecaError } from 'execa';

/** A command that failed, with the end of what it said. */
export class CommandError extends Error {}

/** What {@link run} takes besides the command. */
export interface RunOptions {
  input?: string;
  env?: Record<string, string>;
  cwd?: string;
}

/** Prefix of a command: on Linux the command is then killed when the process that runs it ends, even by SIGKILL. */
export const DIES_WITH_PARENT = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL'] : [];

/** Runs a command to its end and returns what it wrote to stdout; throws {@link CommandError}. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  try {
    const [file, ...rest] = [...DIES_WITH_PARENT, command, ...args];
    const { stdout } = await execa(file, rest, { ...options, maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) {
      throw error;
    }
    const said = String(error.stderr || error.stdout || error.originalMessage || '')
      .split('\n')
      .slice(-20)
      .join('\n');
    throw new CommandError(
      `${command} ${args.join(' ')} failed (${error.exitCode ?? error.signal}): ${said}`,
    );
  }
}

/** Whether a command exits with 0. */
export async function succeeds(command: string, args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}
