import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './shell';
import type { State } from './state';

const ROOT = '/sys/fs/cgroup';
const PARENT = 'zdt';
/** What containers need of cgroup v1. */
const CONTROLLERS = ['blkio', 'cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'];

/** One mounted hierarchy of control groups. */
export interface Hierarchy {
  path: string;
  type: 'cgroup' | 'cgroup2';
  options: string;
}

/** Reads the hierarchies from /proc/mounts. On a machine with cgroup v1, only those of v1 count. */
export function parseHierarchies(mounts: string): Hierarchy[] {
  const all = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, path, type]) => path?.startsWith(ROOT) && (type === 'cgroup' || type === 'cgroup2'))
    .map(([, path, type, options]) => ({ path, type: type as Hierarchy['type'], options: own(options) }));
  const first = all.filter(({ type }) => type === 'cgroup');
  return first.length > 0 ? first : all;
}

/** Mount options without those that every mount has. */
function own(options: string): string {
  const general =
    /^(rw|ro|relatime|noatime|nosuid|nodev|noexec|seclabel|nsdelegate|memory_recursiveprot|xattr|release_agent=.*)$/;
  const rest = options.split(',').filter((option) => !general.test(option));
  return rest.some((option) => option.startsWith('name=')) ? `none,${rest.join(',')}` : rest.join(',');
}

/** Creates a machine's control group in each hierarchy, and returns the files by which a process joins it. */
export async function createCgroups(state: State, machine: string): Promise<string[]> {
  await mountMissing(state);
  for (const { path } of hierarchies()) {
    for (const group of [join(path, PARENT), join(path, PARENT, machine)]) {
      state.add({ kind: 'cgroup', name: group });
      mkdirSync(group, { recursive: true });
      inheritCpuset(group);
    }
  }
  return joinFiles(machine);
}

/** The files by which a process joins the machine's control groups. */
export function joinFiles(machine: string): string[] {
  return hierarchies().map(({ path }) => join(path, PARENT, machine, 'cgroup.procs'));
}

/**
 * Shell lines that give a new mount and cgroup namespace a /sys/fs/cgroup whose root is the machine's own group.
 * With cgroup v2 the processes also move one level down, because a group with children cannot hold processes.
 */
export function mountScript(found: Hierarchy[]): string {
  if (found[0]?.type === 'cgroup2') {
    return [
      `mount -t cgroup2 cgroup2 ${ROOT}`,
      `mkdir -p ${ROOT}/init`,
      `echo $$ > ${ROOT}/init/cgroup.procs`,
    ].join('\n');
  }
  return [
    `umount -R ${ROOT}`,
    `mount -t tmpfs -o mode=755 tmpfs ${ROOT}`,
    ...found.map(({ path, options }) => `mkdir -p ${path}; mount -t cgroup -o ${options} cgroup ${path}`),
    ...found.flatMap(({ path, options }) =>
      options
        .split(',')
        .filter((name) => options.includes(',') && CONTROLLERS.includes(name))
        .map((name) => `ln -s ${path} ${ROOT}/${name}`),
    ),
  ].join('\n');
}

/** The hierarchies of this machine. */
export function hierarchies(): Hierarchy[] {
  return parseHierarchies(readFileSync('/proc/mounts', 'utf8'));
}

async function mountMissing(state: State): Promise<void> {
  const found = hierarchies();
  if (found[0]?.type === 'cgroup2') {
    return;
  }
  const mounted = new Set(found.flatMap(({ options }) => options.split(',')));
  for (const controller of CONTROLLERS.filter((name) => !mounted.has(name))) {
    const path = join(ROOT, controller);
    state.add({ kind: 'mount', name: path });
    mkdirSync(path, { recursive: true });
    await run('mount', ['-t', 'cgroup', '-o', controller, controller, path]);
  }
}

function inheritCpuset(group: string): void {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    if (!existsSync(join(group, 'cpuset.effective_cpus'))) {
      return;
    }
    writeFileSync(join(group, file), readFileSync(join(group, '..', file)));
  }
}
