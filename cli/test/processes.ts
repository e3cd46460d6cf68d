import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const built = (file: string) => JSON.stringify(new URL(`../lib/${file}`, import.meta.url).href);
const bin = fileURLToPath(new URL('../bin/zero-downtime.js', import.meta.url));

interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** How a process ended. */
export interface Exit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly exit: Promise<Exit>;
}

/** Starts a program that may import files of cli/lib, such as `${built('shared/files.js')}`. */
export function startScript(script: (built: (file: string) => string) => string, place: Place): Started {
  return start(['--input-type=module', '--eval', script(built)], place);
}

/** Starts the command line. */
export function startCli(args: readonly string[], place: Place): Started {
  return start([bin, ...args], place);
}

/** The words of a shell that run the command line. */
export const RUNNER = `"${process.execPath}" "${bin}"`;

function start(args: readonly string[], { cwd, env = process.env }: Place): Started {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const exit = new Promise<Exit>((resolve) =>
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr })),
  );
  return { child, exit };
}
