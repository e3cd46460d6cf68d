import { spawn } from 'node:child_process';

/** How long a command may take to end after it was asked to. */
const killAfterMs = 5000;

/** How long to wait for the rest of the output when something that the command left behind holds it open. */
const outputGraceMs = 200;

/** How a command ended. */
export interface CommandResult {
  /** The exit status; null when a signal ended it or it could not be started. */
  readonly exitCode: number | null;
  /** Why there is no exit status. */
  readonly trouble?: string;
  /** What it wrote on standard output. */
  readonly stdout: string;
}

/**
 * Runs a command in a process group of its own, so that it ends with everything that it started: SIGTERM when
 * `signal` is aborted, SIGKILL when that did not help.
 */
export function runCommand(
  command: readonly string[],
  signal: AbortSignal,
  onOutput: (text: string) => void,
): Promise<CommandResult> {
  const [program, ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: ['inherit', 'pipe', 'pipe'] });
  const kill = (name: NodeJS.Signals) => killGroup(child.pid, name);
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    kill('SIGTERM');
    killer = setTimeout(() => kill('SIGKILL'), killAfterMs);
  };
  const killAtExit = () => kill('SIGKILL');
  signal.addEventListener('abort', stop);
  process.on('exit', killAtExit);

  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput(text);
  });
  child.stderr.setEncoding('utf8').on('data', onOutput);

  return new Promise<CommandResult>((resolve) => {
    const end = (exitCode: number | null, signalName: NodeJS.Signals | null) =>
      resolve({ exitCode, trouble: signalName ? `ended by ${signalName}` : undefined, stdout });
    child.on('error', ({ message }) => resolve({ exitCode: null, trouble: message, stdout }));
    child.on('exit', (...how) => setTimeout(end, outputGraceMs, ...how));
    child.on('close', end);
    if (signal.aborted) stop();
  }).finally(() => {
    clearTimeout(killer);
    signal.removeEventListener('abort', stop);
    process.off('exit', killAtExit);
    child.stdout.destroy();
    child.stderr.destroy();
  });
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}
