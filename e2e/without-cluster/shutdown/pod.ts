import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { ok } from '../../cluster/http';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';

const CONTAINER = ['--pdeathsig', 'KILL', 'unshare', '--pid', '--fork', '--kill-child'];

/** A server that runs as in a container: it is the first process of its PID namespace, and dies with this one. */
export class Pod {
  /** Starts it on a free port and waits until it answers. */
  static async start(command: (port: number) => string[]): Promise<Pod> {
    const port = await freePort();
    const child = spawn('setpriv', [...CONTAINER, ...command(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PORT: String(port) },
    });
    const pod = new Pod(child, port);
    try {
      await waitFor(child.spawnargs.join(' '), WITHOUT_CLUSTER_TIMEOUTS.serverStarts, () =>
        ok(`http://127.0.0.1:${port}/`),
      );
    } catch (error) {
      pod.kill();
      throw new Error(`${(error as Error).message}\n${pod.said}`, { cause: error });
    }
    return pod;
  }

  private readonly ended: Promise<unknown>;
  private said = '';

  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {
    this.ended = once(process, 'exit');
    process.stderr!.on('data', (data) => (this.said = `${this.said}${data}`.slice(-2000)));
  }

  /**
   * Does what the kubelet does after the drain.
   * @returns the seconds until the server ended by itself, or undefined when it had to be killed after its budget
   */
  async stop(signal: NodeJS.Signals, budgetMs: number): Promise<number | undefined> {
    const begin = Date.now();
    let killed = false;
    const budget = setTimeout(() => {
      killed = true;
      this.kill();
    }, budgetMs);
    process.kill(this.serverId, signal);
    await this.ended;
    clearTimeout(budget);
    return killed ? undefined : (Date.now() - begin) / 1000;
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** `unshare` waits for its only child, which is the server. */
  private get serverId(): number {
    const { pid } = this.process;
    const id = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
    // With 0, this process would signal itself.
    if (!(id > 0)) {
      throw new Error(`the server ended before it was stopped:\n${this.said}`);
    }
    return id;
  }
}

let nextPort = 20_000;

/** Below the ports that the kernel gives to outgoing connections, so that none takes it before the server does. */
async function freePort(): Promise<number> {
  const port = nextPort++;
  const server = createServer().listen(port, '127.0.0.1');
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!free) {
    return freePort();
  }
  await new Promise((resolve) => server.close(resolve));
  return port;
}
