import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { run } from '../cluster/shell';
import { waitFor } from '../cluster/wait';
import { CLUSTER_TIMEOUTS } from '../timeouts';
import { serverStates } from './server-states';

/** HAProxy in a network namespace. It is reloaded without closing a listener, and controlled by its runtime API. */
export class Haproxy {
  private master?: ChildProcess;
  private config = '';

  constructor(
    private readonly namespace: string,
    private readonly folder: string,
  ) {}

  /**
   * Loads a configuration if it differs from the current one. A new worker takes over the listening sockets and the
   * states of the targets, and new targets are down until they are checked; the old worker serves its connections to their end.
   */
  async configure(config: string): Promise<boolean> {
    if (config === this.config) {
      return false;
    }
    writeFileSync(`${this.configFile}.new`, config);
    await run('haproxy', ['-c', '-q', '-f', `${this.configFile}.new`]);
    renameSync(`${this.configFile}.new`, this.configFile);
    const states = this.master && (await this.command('show servers state'));
    writeFileSync(join(this.folder, 'servers'), serverStates(config, states));
    const before = this.master ? await this.workerPid() : '';
    if (this.master) {
      this.master.kill('SIGUSR2');
    } else {
      this.start();
    }
    await waitFor(
      'a new worker of HAProxy',
      CLUSTER_TIMEOUTS.haproxyReload,
      async () => (await this.workerPid()) !== before,
    );
    this.config = config;
    return true;
  }

  /** Sends a command to the current worker and returns its answer. */
  command(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = createConnection(join(this.folder, 'haproxy.sock'), () => socket.end(`${line}\n`));
      socket
        .on('data', (data) => (answer += data))
        .on('error', reject)
        .on('end', () => resolve(answer.trim()));
    });
  }

  private get configFile(): string {
    return join(this.folder, 'haproxy.cfg');
  }

  private start(): void {
    const command = ['netns', 'exec', this.namespace, 'haproxy', '-W', '-f', this.configFile];
    this.master = spawn('ip', command, { stdio: 'inherit' });
    this.master.once('exit', (code, signal) => {
      console.error(`HAProxy has ended (${code ?? signal})`);
      process.exit(1);
    });
  }

  private async workerPid(): Promise<string> {
    if (!existsSync(join(this.folder, 'haproxy.sock'))) {
      throw new Error('HAProxy has not created its socket yet');
    }
    return /^Pid: (\d+)$/m.exec(await this.command('show info'))?.[1] ?? '';
  }
}
