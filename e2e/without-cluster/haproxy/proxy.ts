import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { Drain, DrainProxy, ZeroDowntimeDeployment } from 'cdk8s-zero-downtime';
import { parseAllDocuments } from 'yaml';
import { ok } from '../../cluster/http';
import { waitFor } from '../../cluster/wait';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';

/** Where the files are in a pod. */
const FOLDER = '/etc/drain-proxy';

/** What a pod with a drain proxy would run, on this machine's loopback. */
export interface ProxyOptions {
  readonly applicationPort: number;
  readonly http2?: boolean;
  readonly drainSeconds?: number;
  /** Most files that the process may open. */
  readonly fileLimit?: number;
}

/** HAProxy with the files that the construct writes. */
export class Proxy {
  /** Starts it and waits until it says that it is ready. */
  static async start(options: ProxyOptions): Promise<Proxy> {
    const port = await freePorts();
    const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-haproxy-'));
    for (const [file, content] of Object.entries(render(options, port))) {
      // A pod has abstract sockets of its own, as it has a network of its own.
      const own = content.replaceAll(FOLDER, folder).replaceAll('abns@', `abns@${port}-`);
      writeFileSync(join(folder, file), own);
    }
    const limit = options.fileLimit ? `ulimit -n ${options.fileLimit}; ` : '';
    const command = `${limit}exec haproxy -db -f ${folder}/haproxy.cfg`;
    const proxy = new Proxy(
      spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'] }),
      port,
      folder,
    );
    await waitFor('HAProxy', WITHOUT_CLUSTER_TIMEOUTS.haproxyStarts, () => ok(`${proxy.control}/ready`));
    return proxy;
  }

  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    private readonly folder: string,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends what the kubelet sends when the pod has to go, and waits for the answer. */
  async drain(): Promise<void> {
    const { status } = await fetch(`${this.control}/drain`);
    if (status !== 200) {
      throw new Error(`HAProxy answered ${status} when it was told to drain`);
    }
  }

  /** Ends it as the official image's signal does; gives the milliseconds until it has ended. */
  async stop(): Promise<number> {
    const begin = Date.now();
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGUSR1');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
    return Date.now() - begin;
  }

  private get control(): string {
    return `http://127.0.0.1:${this.port + 1}`;
  }
}

/** The files of the proxy, as they stand in the manifest. */
function render(
  { applicationPort, http2, drainSeconds }: ProxyOptions,
  port: number,
): Record<string, string> {
  const chart = new Chart(new App(), 'chart');
  new ZeroDowntimeDeployment(chart, 'web', {
    image: 'web:1.0.0',
    port: applicationPort,
    drain: drainSeconds === undefined ? undefined : Drain.sleep(Duration.seconds(drainSeconds)),
    drainProxy: DrainProxy.haproxy({ port, http2 }),
  });
  const [deployment] = parseAllDocuments(App.of(chart).synthYaml());
  const { annotations } = deployment.toJSON().spec.template.metadata as {
    annotations: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(annotations).map(([key, content]) => [key.split('/')[1], content]),
  );
}

/** A port that is free together with the next one. */
async function freePorts(): Promise<number> {
  const port = await freePort(0);
  return (await freePort(port + 1).catch(() => 0)) === 0 ? freePorts() : port;
}

async function freePort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
