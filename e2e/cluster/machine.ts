import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { CLUSTER_TIMEOUTS } from '../timeouts';
import { createCgroups, hierarchies, joinFiles, mountScript } from './cgroups';
import { runPath } from './paths';
import { run } from './shell';
import type { State } from './state';
import type { Place } from './topology';
import { waitFor } from './wait';

/**
 * A machine made of namespaces: network, processes, mounts, host name, control groups. Its first process
 * only waits; when it is killed the kernel ends everything on the machine and takes its mounts away.
 */
export class Machine {
  private pid?: number;

  /** @param ownFiles whether the machine has its own /run, /var/lib and /var/log, as a node needs */
  constructor(
    readonly place: Place,
    private readonly ownFiles: boolean,
  ) {}

  /** The machine's own folder. */
  folder(...parts: string[]): string {
    return runPath('machines', this.place.name, ...parts);
  }

  /** Boots the machine in its network namespace. */
  async start(state: State): Promise<void> {
    const join = await createCgroups(state, this.place.name);
    for (const part of ['lib', 'log']) {
      mkdirSync(this.folder(part), { recursive: true });
    }
    const log = openSync(this.folder('boot.log'), 'w');
    const [command, ...args] = joining(join, [
      'nsenter',
      `--net=/run/netns/${this.place.namespace}`,
      ...['unshare', '--mount', '--pid', '--fork', '--kill-child', '--cgroup', '--uts', '--ipc'],
      ...['sh', '-c', this.bootScript()],
    ]);
    spawn(command, args, { detached: true, stdio: ['ignore', log, log] }).unref();
    await waitFor(`${this.place.name}: boot`, CLUSTER_TIMEOUTS.machineReady, async () => {
      this.pid = await this.findFirstProcess();
      return this.pid !== undefined && commandName(this.pid) === 'sleep';
    });
  }

  /** Finds the machine when another process started it. */
  async attach(): Promise<this> {
    this.pid = await this.findFirstProcess();
    return this;
  }

  /** The command that runs `command` on the machine. */
  enter(command: string[]): string[] {
    if (this.pid === undefined) {
      throw new Error(`${this.place.name} is not running`);
    }
    const spaces = ['--mount', '--pid', '--net', '--uts', '--ipc', '--cgroup'];
    return joining(joinFiles(this.place.name), [
      'nsenter',
      '--target',
      `${this.pid}`,
      ...spaces,
      '--',
      ...command,
    ]);
  }

  private bootScript(): string {
    return [
      'set -e',
      'mount -t proc proc /proc',
      mountScript(hierarchies()),
      `hostname ${this.place.name}`,
      ...(this.ownFiles
        ? [
            'mount -t tmpfs -o mode=755 tmpfs /run',
            `mount --bind ${this.folder('log')} /var/log`,
            `mount --bind ${this.folder('lib')} /var/lib`,
          ]
        : []),
      // The first process has to reap orphans; when it ignores SIGCHLD, the kernel does it.
      `trap '' CHLD`,
      'exec sleep infinity',
    ].join('\n');
  }

  private async findFirstProcess(): Promise<number | undefined> {
    const pids = (await run('ip', ['netns', 'pids', this.place.namespace]))
      .split('\n')
      .filter(Boolean)
      .map(Number);
    return pids.find((pid) => isFirstProcess(pid));
  }
}

/** A command that first joins control groups. */
function joining(files: string[], command: string[]): string[] {
  const join = files.map((file) => `echo $$ > ${file}`).join('; ');
  return ['sh', '-c', `${join}; exec "$@"`, 'sh', ...command];
}

function isFirstProcess(pid: number): boolean {
  try {
    const ids = /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1].split('\t') ?? [];
    return ids.length === 2 && ids[1] === '1';
  } catch {
    return false;
  }
}

function commandName(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}
