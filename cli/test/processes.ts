import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = (file: string) => JSON.stringify(new URL(`../src/${file}`, import.meta.url).href);

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

/** Starts a program in TypeScript that may import files of cli/src, such as `${source('shared/files.ts')}`. */
export function startScript(
  script: (source: (file: string) => string) => string,
  { cwd, env = process.env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Started {
  const tsx = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '--eval', script(source)], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const exit = new Promise<Exit>((resolve) =>
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr })),
  );
  return { child, exit };
}

/** Starts the command line. */
export function startCli(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Started {
  return startScript(() => cli(JSON.stringify(args)), options);
}

/** Puts a program that is the command line into a folder, and returns the words of a shell that run it. */
export function runner(folder: string): string {
  const program = join(folder, 'zero-downtime.mjs');
  writeFileSync(program, cli('process.argv.slice(2)'));
  return `"${process.execPath}" --import "${import.meta.resolve('tsx')}" "${program}"`;
}

const cli = (args: string) =>
  `import { main } from ${source('main.ts')}; process.exitCode = await main(${args});`;
