import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CLUSTER_TIMEOUTS } from '../timeouts';
import { runPath } from './paths';
import type { RunningProcess } from './state';
import { FatalError, waitFor } from './wait';

/** Where a component runs. */
export interface Host {
  /** The command that runs `command` there. */
  enter(command: string[]): string[];
}

/** Remembers which components run. */
export interface Running {
  process(name: string): RunningProcess | undefined;
  setProcess(name: string, running: RunningProcess): void;
  forgetProcess(name: string): void;
}

/** How a component is run; there is one function for each component that returns it. */
export interface ProcessSpec {
  machine: Host;
  command: string[];
  env?: Record<string, string>;
  /** Whether it is ready. */
  ready: () => Promise<boolean>;
  /** What to look at when it does not start. */
  hint: string;
}

/** A component could not be started or has ended; the message has the end of its log and says what to do. */
export class ComponentError extends FatalError {}

/** A component that runs in the background; on a machine of the cluster it goes on when the process that started it ends. */
export class Process {
  /**
   * @param spec returns how to run it and writes its configuration; called at each start
   * @param logs folder of its log
   */
  constructor(
    readonly name: string,
    private readonly spec: () => ProcessSpec,
    private readonly state: Running,
    private readonly logs = runPath('logs'),
  ) {}

  get logFile(): string {
    return join(this.logs, `${this.name}.log`);
  }

  /** Whether it runs now. */
  get alive(): boolean {
    const running = this.state.process(this.name);
    return running !== undefined && startTime(running.pid) === running.started;
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    mkdirSync(dirname(this.logFile), { recursive: true });
    const log = openSync(this.logFile, 'a');
    const spec = this.spec();
    const [command, ...args] = spec.machine.enter(spec.command);
    const env = { ...process.env, ...spec.env };
    const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log], cwd: '/', env });
    if (child.pid === undefined) {
      throw this.failure('could not be started', spec.hint);
    }
    this.state.setProcess(this.name, { pid: child.pid, started: startTime(child.pid) ?? '' });
    child.unref();
    await this.untilReady(spec);
  }

  /** Ends it, with SIGKILL if it has not ended after a while. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const running = this.state.process(this.name);
    if (running === undefined) {
      return;
    }
    const gone = async () => members(running.pid).length === 0;
    signalAll(running.pid, signal);
    await waitFor(`${this.name}: end`, CLUSTER_TIMEOUTS.componentStop, gone).catch(async () => {
      signalAll(running.pid, 'SIGKILL');
      await waitFor(`${this.name}: end after SIGKILL`, CLUSTER_TIMEOUTS.componentStop, gone);
    });
    this.state.forgetProcess(this.name);
  }

  /** Ends it and starts it again. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** @throws ComponentError when it was started and has ended by itself */
  check(): void {
    if (this.state.process(this.name) && !this.alive) {
      throw this.failure('has ended', 'npm run cluster:stop, then start again');
    }
  }

  private async untilReady(spec: ProcessSpec): Promise<void> {
    try {
      await waitFor(`${this.name}: ready`, CLUSTER_TIMEOUTS.componentReady, async () => {
        if (!this.alive) {
          throw this.failure('has ended', spec.hint);
        }
        return spec.ready();
      });
    } catch (error) {
      throw error instanceof ComponentError ? error : this.failure((error as Error).message, spec.hint);
    }
  }

  private failure(what: string, hint: string): ComponentError {
    return new ComponentError(`${this.name}: ${what}\n${this.logTail()}\nWhat to do: ${hint}`);
  }

  private logTail(lines = 15): string {
    if (!existsSync(this.logFile)) {
      return '  | (no log)';
    }
    const text = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n  | ');
    return `  | ${text}\n  (${this.logFile})`;
  }
}

/** When a process started, or undefined when it does not run. */
function startTime(pid: number): string | undefined {
  const fields = stat(pid);
  return fields && fields[0] !== 'Z' ? fields[19] : undefined;
}

/** Running processes of the group that `leader` started. */
function members(leader: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const fields = stat(pid);
      return fields !== undefined && fields[0] !== 'Z' && fields[2] === String(leader);
    });
}

/** Fields of /proc/PID/stat from the state on. */
function stat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function signalAll(leader: number, signal: NodeJS.Signals): void {
  for (const pid of members(leader)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended in the meantime.
    }
  }
}
