import { ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { OUTPUT_GRACE_MS } from '../shared/output-grace.js';
import { shownProgram } from './program.js';

/**
 * Passes the command's output on to this process, and goes on reading when this process has ended: otherwise SIGPIPE would end
 * the command at its next output.
 */
const RELAY = ['sh', '-c', "trap '' PIPE; cat; exec cat > /dev/null"];

/** Takes what a command writes. Nothing more is read until the promise resolves. */
export type OnOutput = (text: string) => void | Promise<void>;

/** How a command ended. */
export interface CommandEnd {
  /** The exit status; null when a signal ended it or it could not be started. */
  readonly exitCode: number | null;
  /** Why there is no exit status. */
  readonly trouble?: string;
}

/** A running command. */
export interface RunningCommand {
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
  /** Sends a signal to the command and to all that it started. */
  kill(signal: NodeJS.Signals): void;
  /** Stops waiting for the command and leaves it running. */
  leave(): void;
}

/**
 * Runs a command in a session of its own. It keeps running whatever happens to this process. If this process ends first, it
 * says so on standard error.
 * @param onStart gets the command, unless it cannot be started
 * @returns how it ended; undefined when it was left running
 */
export async function runCommand(
  command: readonly string[],
  onOutput: OnOutput,
  onStart: (running: RunningCommand) => void,
): Promise<CommandEnd | undefined> {
  const reader = await start(RELAY, ['pipe', 'pipe', 'ignore']);
  if (!(reader instanceof ChildProcess)) {
    return reader;
  }
  reader.unref();
  const child = await start(command, ['inherit', reader.stdin!, reader.stdin!]);
  // From now on nobody but the command writes to it.
  reader.stdin!.destroy();
  if (!(child instanceof ChildProcess)) {
    return child;
  }

  const output = reader.stdout!;
  const pid = child.pid!;
  const ended = endOf(child);
  const left = new Promise<undefined>((resolve) =>
    onStart({ pid, ended, kill: (signal) => killGroup(pid, signal), leave: () => resolve(undefined) }),
  );
  const sayStillRunning = () => sayAtOnce(`the command (pid ${pid}) keeps running`);
  process.on('exit', sayStillRunning);
  const flow = passOn(output, onOutput);
  const end = await Promise.race([ended, left]);
  process.off('exit', sayStillRunning);
  if (end) {
    await flow.finish();
  } else {
    child.unref();
  }
  output.destroy();
  return end;
}

/** Runs a command that changes nothing, and ends it when the signal is aborted or this process ends. */
export async function runQuery(
  command: readonly string[],
  signal: AbortSignal,
  onOutput: OnOutput,
): Promise<CommandEnd> {
  const child = await start(command, ['ignore', 'pipe', 'pipe']);
  if (!(child instanceof ChildProcess)) {
    return child;
  }
  const kill = () => killGroup(child.pid!, 'SIGKILL');
  signal.addEventListener('abort', kill);
  process.on('exit', kill);
  if (signal.aborted) {
    kill();
  }
  const outputs = [child.stdout!, child.stderr!];
  const flows = outputs.map((output) => passOn(output, onOutput));
  const end = await endOf(child);
  // It may have started other processes.
  kill();
  signal.removeEventListener('abort', kill);
  process.off('exit', kill);
  await Promise.all(flows.map((flow) => flow.finish()));
  for (const output of outputs) {
    output.destroy();
  }
  return end;
}

/** Starts a program in a session of its own, or says why that cannot be done. */
async function start(command: readonly string[], stdio: StdioOptions): Promise<ChildProcess | CommandEnd> {
  const [program, ...args] = command;
  try {
    const child = spawn(program, args, { detached: true, stdio });
    await once(child, 'spawn');
    return child;
  } catch (error) {
    // Its message may hold the arguments, which may be secret.
    const { code } = error as NodeJS.ErrnoException;
    return { exitCode: null, trouble: `${shownProgram(program)} cannot be started (${code})` };
  }
}

function endOf(child: ChildProcess): Promise<CommandEnd> {
  return new Promise((resolve) => {
    child.on('exit', (exitCode, signal) =>
      resolve({ exitCode, trouble: signal === null ? undefined : `ended by ${signal}` }),
    );
  });
}

/** Passes on output, each piece when the one before has been taken. */
function passOn(output: Readable, onOutput: OnOutput) {
  const over = once(output, 'close').catch(() => undefined);
  let ended = false;
  output.setEncoding('utf8').on('data', (text: string) => {
    const taken = Promise.resolve(onOutput(text));
    if (ended) {
      return;
    }
    output.pause();
    void taken.finally(() => output.resume());
  });
  return {
    /** Passes on the rest, which is little, without pauses, and resolves when all of it has come. */
    finish: async () => {
      ended = true;
      output.resume();
      await Promise.race([over, sleep(OUTPUT_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** Writes a message before returning, for when this process is about to end. */
function sayAtOnce(text: string): void {
  try {
    writeSync(2, `zero-downtime: ${text}\n`);
  } catch {
    // Nobody reads it any more.
  }
}
