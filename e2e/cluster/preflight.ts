import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freeGiB } from './cache';
import { CACHE, E2E, RUN } from './paths';
import type { Progress } from './progress';
import { run, succeeds } from './shell';
import { State } from './state';
import { sysctlPath } from './teardown';
import { HOST_LINK, NODES_CIDR } from './topology';
import { DEBIAN_PACKAGES } from './versions';

const RUN_GIB = 3;

/** The cluster cannot start on this machine; the message says why and what to do. */
export class PreflightError extends Error {}

/** Checks that the cluster can run on this machine, and installs the Debian packages that are missing. */
export async function preflight(progress: Progress): Promise<void> {
  requireMachine(process.platform, process.getuid?.());
  if (State.exists()) {
    throw new PreflightError(
      `a cluster is running, or was not stopped, in ${RUN}.\nWhat to do: npm run cluster:stop`,
    );
  }
  for (const folder of [CACHE, dirname(RUN)]) {
    const free = freeGiB(folder);
    if (free >= RUN_GIB) {
      continue;
    }
    throw new PreflightError(
      `the cluster needs ${RUN_GIB} GiB in ${folder}, ${free.toFixed(1)} GiB are free.\nWhat to do: free some space; ${CACHE} may be deleted`,
    );
  }
  const taken = routesThatOverlap(await run('ip', ['-4', 'route', 'show', 'table', 'all']));
  if (taken.length > 0) {
    throw new PreflightError(
      `${NODES_CIDR} is in use on this machine:\n  ${taken.join('\n  ')}\nWhat to do: remove that route, or change e2e/cluster/topology.ts`,
    );
  }
  await installPackages(DEBIAN_PACKAGES, progress);
}

/** @throws PreflightError when it is not Linux or not root */
export function requireMachine(platform: string, uid: number | undefined): void {
  if (platform !== 'linux') {
    throw new PreflightError(
      `the cluster needs Linux, this is ${platform}.\nWhat to do: use a Debian machine, or KUBECONFIG=... with a cluster that exists`,
    );
  }
  if (uid !== 0) {
    throw new PreflightError(
      `the cluster needs root (namespaces, mounts), this is user ${uid}.\nWhat to do: run it with sudo -E, or KUBECONFIG=... with a cluster that exists`,
    );
  }
}

/** Lines of `ip route` that name an address of the cluster's network. */
export function routesThatOverlap(routes: string): string[] {
  const prefix = HOST_LINK.address.split('.').slice(0, 3).join('.');
  return routes.split('\n').filter((line) => line.includes(`${prefix}.`));
}

/** Installs those Debian packages whose command is not there. */
export async function installPackages(packages: Record<string, string>, progress: Progress): Promise<void> {
  const missing: string[] = [];
  for (const [name, command] of Object.entries(packages)) {
    const there = command.startsWith('/') ? existsSync(command) : await succeeds('which', [command]);
    if (!there) {
      missing.push(name);
    }
  }
  if (missing.length === 0) {
    return;
  }
  await progress
    .step(`install ${missing.join(' ')}`, () => run('sh', [join(E2E, 'cluster', 'packages.sh'), ...missing]))
    .catch((error: Error) => {
      throw new PreflightError(
        `Debian packages are missing: ${missing.join(' ')}.\n${error.message}\nWhat to do: apt-get install ${missing.join(' ')}`,
      );
    });
}

/** Limits that are too low for several kubelets and containerds on one machine. */
const RAISED_LIMITS = { 'fs.inotify.max_user_instances': 1024, 'fs.inotify.max_user_watches': 524_288 };
/** What a kubelet sets for the whole machine. */
const SET_BY_KUBELET = [
  'vm.overcommit_memory',
  'vm.panic_on_oom',
  'kernel.panic',
  'kernel.panic_on_oops',
  'kernel.keys.root_maxkeys',
  'kernel.keys.root_maxbytes',
];

/** Remembers the settings of the machine that will change, so that a stop restores them, and raises limits. */
export function prepareSysctls(state: State): void {
  const read = (name: string) => readFileSync(sysctlPath(name), 'utf8').trim();
  for (const name of SET_BY_KUBELET) {
    state.add({ kind: 'sysctl', name, value: read(name) });
  }
  for (const [name, value] of Object.entries(RAISED_LIMITS)) {
    if (Number(read(name)) >= value) {
      continue;
    }
    state.add({ kind: 'sysctl', name, value: read(name) });
    writeFileSync(sysctlPath(name), String(value));
  }
}
