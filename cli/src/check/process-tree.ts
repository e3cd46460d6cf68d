import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a process may take to end after SIGTERM. */
const GRACE_MS = 1000;
const POLL_MS = 20;

/**
 * Ends processes and all that they started: SIGTERM, then SIGKILL for those that are still there after a second. A process
 * group would be simpler, but a program in a group of its own cannot ask for a password at the terminal.
 */
export async function endTrees(roots: readonly number[]): Promise<void> {
  let alive = treesOf(roots).filter((pid) => send(pid, 'SIGTERM'));
  for (let waited = 0; waited < GRACE_MS && alive.length > 0; waited += POLL_MS) {
    await sleep(POLL_MS);
    alive = alive.filter((pid) => send(pid, 0));
  }
  for (const pid of new Set([...alive, ...treesOf(roots.filter((root) => alive.includes(root)))])) {
    send(pid, 'SIGKILL');
  }
}

/** Kills processes and all that they started, at once. */
export function killTrees(roots: readonly number[]): void {
  for (const pid of treesOf(roots)) {
    send(pid, 'SIGKILL');
  }
}

/** Sends a signal. Returns whether the process exists. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Processes and their descendants. */
function treesOf(roots: readonly number[]): number[] {
  if (roots.length === 0) {
    return [];
  }
  const all = new Set(roots);
  const parents = [...parentsOf()];
  // The loop also visits what is added to the set meanwhile.
  for (const root of all) {
    for (const [pid, parent] of parents) {
      if (parent === root) {
        all.add(pid);
      }
    }
  }
  return [...all];
}

/** The parent of every process; empty where the system does not tell. */
function parentsOf(): ReadonlyMap<number, number> {
  const lines = process.platform === 'linux' ? linesOfProc() : linesOfPs();
  return new Map(lines.map(([pid, parent]) => [Number(pid), Number(parent)]));
}

/** Images of containers often have no ps. */
function linesOfProc(): [string, string][] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid): [string, string][] => {
      try {
        // PID (NAME) STATE PARENT ..., and a name can have anything in it.
        const [, parent] = /^.*\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return parent === undefined ? [] : [[pid, parent]];
      } catch {
        return [];
      }
    });
}

function linesOfPs(): [string, string][] {
  try {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [...table.matchAll(/(\d+)\s+(\d+)/g)].map(([, pid, parent]) => [pid, parent]);
  } catch {
    return [];
  }
}
