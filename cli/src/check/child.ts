import { execFile } from 'node:child_process';
import { OUTPUT_GRACE_MS } from '../shared/output-grace.js';
import { onTerminationSignal } from '../shared/termination-signals.js';
import { endTrees, killTrees } from './process-tree.js';

/** What a program is given, and how much of it. */
export interface Bounds {
  /** For its standard input. */
  readonly input?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Of standard output, and of standard error. */
  readonly maxBytes: number;
}

/** How a program ended. */
export interface Ended {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly status: number;
}

/** A program that did not end by itself. */
export class ChildError extends Error {
  override name = 'ChildError';

  /**
   * @param code ETIMEDOUT, ENOBUFS for too much output, or why it could not be started, such as ENOENT; none if a signal
   * ended it
   */
  constructor(readonly code?: string) {
    super(`the program did not end by itself (${code ?? 'a signal'})`);
  }
}

/** The programs that run now, which do not outlive this process. */
const running = new Set<number>();
/** How many are running, or being started. */
let active = 0;
let isEnding = false;
let stopWatching = () => undefined as void;

/**
 * Runs a program that changes nothing, and waits for its end. It is in the process group of this process, so that it can ask
 * for a password at the terminal. If this process ends, except by SIGKILL, the program and everything that it started end too.
 *
 * @throws ChildError
 */
export function run(program: string, args: readonly string[], bounds: Bounds): Promise<Ended> {
  const { input = '', env, timeoutMs, maxBytes } = bounds;
  return new Promise((resolve, reject) => {
    let endedFor: string | undefined;
    // A program that writes too much is ended below: execFile would leave the processes that it started.
    const options = { env, maxBuffer: Infinity, encoding: 'buffer' } as const;
    // A signal may come as soon as the program has begun.
    if (active++ === 0) {
      watch();
    }
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      clearTimeout(timer);
      forget(child.pid);
      // When this process itself is ending, nobody needs the result.
      if (isEnding) {
        return;
      }
      const status = error === null ? 0 : error.code;
      if (endedFor !== undefined) {
        reject(new ChildError(endedFor));
      } else if (typeof status === 'number') {
        resolve({ stdout, stderr: stderr.toString(), status });
      } else {
        reject(new ChildError(status ?? undefined));
      }
    });
    const outputs = [child.stdout, child.stderr].filter((output) => output !== null);
    const closeOutputs = () => outputs.forEach((output) => output.destroy());
    const end = (code: string) => {
      if (endedFor !== undefined) {
        return;
      }
      endedFor = code;
      for (const output of outputs) {
        output.pause();
      }
      void endTrees(child.pid === undefined ? [] : [child.pid]).then(closeOutputs);
    };
    const timer = setTimeout(() => end('ETIMEDOUT'), timeoutMs);
    for (const output of outputs) {
      let bytes = 0;
      output.on('data', (data: Buffer) => {
        bytes += data.length;
        if (bytes > maxBytes) {
          end('ENOBUFS');
        }
      });
    }
    child.once('exit', () => setTimeout(closeOutputs, OUTPUT_GRACE_MS).unref());
    if (child.pid !== undefined) {
      running.add(child.pid);
    }
    // A program that ends without reading its input closes the pipe.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Ends the programs that run now. */
export function endRunning(): Promise<void> {
  return endTrees([...running]);
}

function forget(pid: number | undefined): void {
  if (pid !== undefined) {
    running.delete(pid);
  }
  if (--active === 0 && !isEnding) {
    stopWatching();
  }
}

/** Makes the running programs end with this process. */
function watch(): void {
  const atExit = () => killTrees([...running]);
  const release = onTerminationSignal((signal) => {
    if (isEnding) {
      return;
    }
    isEnding = true;
    void endRunning().then(() => {
      stopWatching();
      process.kill(process.pid, signal);
    });
  });
  process.on('exit', atExit);
  stopWatching = () => {
    release();
    process.off('exit', atExit);
  };
}
