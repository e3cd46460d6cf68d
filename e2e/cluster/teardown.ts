import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTER_TIMEOUTS } from '../timeouts';
import { RUN } from './paths';
import { run, succeeds } from './shell';
import { type Item, State } from './state';
import { waitFor } from './wait';

const UNDO: Record<Item['kind'], (item: Item) => Promise<void>> = {
  namespace: removeNamespace,
  link: async ({ name }) => {
    if (existsSync(`/sys/class/net/${name}`)) {
      await run('ip', ['link', 'delete', name]);
    }
  },
  cgroup: async ({ name }) =>
    waitFor(`removal of ${name}`, CLUSTER_TIMEOUTS.namespaceEmpty, async () => removeCgroup(name)),
  mount: async ({ name }) => {
    if (await succeeds('mountpoint', ['-q', name])) {
      await run('umount', [name]);
    }
  },
  sysctl: async ({ name, value }) => writeFileSync(sysctlPath(name), value ?? ''),
};

/** Where a sysctl is read and written. */
export const sysctlPath = (name: string): string => join('/proc/sys', name.replaceAll('.', '/'));

/** Removes everything that is in the state file, also after a start that was interrupted. */
export async function teardown(state = State.load()): Promise<void> {
  for (const item of state.items) {
    if (item.kind === 'namespace') {
      killIn(item.name);
    }
  }
  const failed: string[] = [];
  for (const item of [...state.items].reverse()) {
    await UNDO[item.kind](item).catch((error: Error) =>
      failed.push(`${item.kind} ${item.name}: ${error.message}`),
    );
  }
  if (failed.length > 0) {
    throw new Error(
      `could not remove:\n  ${failed.join('\n  ')}\nWhat to do: end what uses it, then run cluster:stop again`,
    );
  }
  rmSync(RUN, { recursive: true, force: true });
}

/** Kills every process of a network namespace. With the first process of a machine, all its containers end. */
function killIn(namespace: string): void {
  if (!existsSync(`/run/netns/${namespace}`)) {
    return;
  }
  const pids = execFileSync('ip', ['netns', 'pids', namespace], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
  for (const pid of pids) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }
}

async function removeNamespace({ name }: Item): Promise<void> {
  if (!existsSync(`/run/netns/${name}`)) {
    return;
  }
  await waitFor(`end of all processes in ${name}`, CLUSTER_TIMEOUTS.namespaceEmpty, async () => {
    killIn(name);
    return (await run('ip', ['netns', 'pids', name])) === '';
  });
  await run('ip', ['netns', 'delete', name]);
}

/** Removes a control group and those below it; returns false while one of them is still in use. */
function removeCgroup(path: string): boolean {
  if (!existsSync(path)) {
    return true;
  }
  try {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() && !removeCgroup(join(path, entry.name))) {
        return false;
      }
    }
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}
