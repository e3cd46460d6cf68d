import { readdirSync, readFileSync } from 'node:fs';

/** The variable of the environment by which everything that a case starts is found again. */
export const marker = 'ZERO_DOWNTIME_FAULTS';

/** A process that is alive. */
export interface Process {
  readonly pid: number;
  /** Its program and arguments. */
  readonly line: string;
}

/** All processes whose marker begins with a text, whatever has become of their parents, sessions and groups. */
export function processesOf(value: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => `\0${read(pid, 'environ')}`.includes(`\0${marker}=${value}`))
    .map((pid) => ({ pid: Number(pid), line: lineOf(pid) }));
}

/** A process and all that it has started, as far as none between them has ended. */
export function descendantsOf(pid: number): number[] {
  const children = read(pid, `task/${pid}/children`).split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => descendantsOf(Number(child)))];
}

/** The program of a process and its arguments. */
export function lineOf(pid: number | string): string {
  return read(pid, 'cmdline').replaceAll('\0', ' ').trim();
}

/** Ends them all. */
export function killAll(value: string): void {
  for (const { pid } of processesOf(value)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** The most memory that a process has had so far, in MB; 0 when it has ended. */
export function peakMegabytes(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0) / 1024;
}

/** For how many nanoseconds a process has computed so far, if it sleeps at this moment. */
export function computedBeforeSleep(pid: number): string | undefined {
  const sleeps = /^State:\s+S/m.test(read(pid, 'status'));
  return sleeps ? read(pid, 'schedstat').split(' ')[0] : undefined;
}

/** Whether a signal holds a process. */
export function isStopped(pid: number): boolean {
  return /^State:\s+T/m.test(read(pid, 'status'));
}

/** A file of /proc; empty when the process has ended. */
function read(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
