import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from 'vitest';
import { EchoClient } from './grpc-service';
import { Proxy } from './proxy';

const DRAIN_SECONDS = 3;
/** How long the nodes go on sending new connections to a pod that is being deleted. */
const ENDPOINT_DELAY_MS = 500;
const CHANNELS = 10;
const SERVER = fileURLToPath(new URL('grpc-server.ts', import.meta.url));

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

/** A gRPC server in a process of its own, and the proxy in front of it. */
class Pod {
  static async start(drainProxy: boolean): Promise<Pod> {
    const server = spawn(process.execPath, ['--import', 'tsx', SERVER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cleanUps.push(() => server.kill('SIGKILL'));
    const lines = createInterface({ input: server.stdout! });
    const [port] = (await once(lines, 'line')) as [string];
    const options = { applicationPort: Number(port), http2: true, drainSeconds: DRAIN_SECONDS };
    const proxy = drainProxy ? await Proxy.start(options) : undefined;
    if (proxy) {
      cleanUps.push(() => proxy.stop());
    }
    return new Pod(server, lines, proxy, proxy?.port ?? Number(port));
  }

  private constructor(
    private readonly server: ChildProcess,
    private readonly lines: Interface,
    private readonly proxy: Proxy | undefined,
    readonly port: number,
  ) {}

  /** Stops the pod as the kubelet does, and returns the number of calls that the server got. */
  async terminate(): Promise<number> {
    await Promise.all([this.proxy?.drain(), sleep(DRAIN_SECONDS * 1000)]);
    this.server.kill('SIGTERM');
    const [calls] = (await once(this.lines, 'line')) as [string];
    await this.proxy?.stop();
    return Number(calls);
  }
}

/** Does what a Service does: sends new connections to the pod that is its endpoint, and leaves old ones where they are. */
class Service {
  private readonly server: Server;

  static async start(endpoint: Pod): Promise<Service> {
    const service = new Service(endpoint);
    service.server.listen(0, '127.0.0.1');
    await once(service.server, 'listening');
    cleanUps.push(() => service.server.close());
    return service;
  }

  private constructor(public endpoint: Pod) {
    this.server = createServer((client) => {
      const pod = connect(this.endpoint.port, '127.0.0.1');
      for (const [from, to] of [
        [client, pod],
        [pod, client],
      ]) {
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
      }
    });
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
}

/** Clients with a channel each: calls one after the other, and one that streams. */
class Load {
  calls = 0;
  messages = 0;
  readonly failures: string[] = [];
  private readonly clients: Client[];
  private stopped = false;

  constructor(address: string, options: object) {
    // Without a pool of its own, channels with the same address would share one connection.
    const own = { 'grpc.use_local_subchannel_pool': 1, ...options };
    this.clients = Array.from(
      { length: CHANNELS },
      () => new EchoClient(address, credentials.createInsecure(), own),
    );
    cleanUps.push(() => this.clients.forEach((client) => client.close()));
  }

  /** Sends until {@link stop}. */
  async run(): Promise<void> {
    await Promise.all(
      this.clients.map(async (client) => {
        while (!this.stopped) {
          await this.echo(client);
        }
      }),
    );
  }

  stop(): void {
    this.stopped = true;
  }

  /** A call whose answer is so many messages, ten a second. */
  async stream(messages: number): Promise<void> {
    this.calls++;
    const call = this.method(this.clients[0], 'count')(Buffer.from(String(messages)));
    call.on('data', () => this.messages++);
    call.on('error', ({ message }: Error) => this.failures.push(message));
    await new Promise((resolve) => call.on('status', resolve));
  }

  private echo(client: Client): Promise<void> {
    this.calls++;
    return new Promise((resolve) => {
      this.method(client, 'echo')(Buffer.from('ping'), (error: ServiceError | null, answer?: Buffer) => {
        if (error) {
          this.failures.push(error.message);
        } else if (answer?.toString() !== 'ping') {
          this.failures.push(`got ${answer}`);
        }
        setTimeout(resolve, 5);
      });
    });
  }

  // The client's methods come from the definition of the service.
  private method(client: Client, name: string) {
    return (client as any)[name].bind(client); // eslint-disable-line @typescript-eslint/no-explicit-any
  }
}

/** Replaces a pod under load. Returns the load and the number of calls that the servers got. */
async function replacePod(drainProxy: boolean, options: object = {}): Promise<{ load: Load; got: number }> {
  const [old, next] = await Promise.all([Pod.start(drainProxy), Pod.start(drainProxy)]);
  const service = await Service.start(old);
  const load = new Load(service.address, options);
  const running = load.run();
  await sleep(500);

  // These calls are in flight during the drain and at its end.
  const streams = [load.stream(20)];
  const leaving = old.terminate();
  await sleep(ENDPOINT_DELAY_MS);
  service.endpoint = next;
  await sleep((DRAIN_SECONDS - 1) * 1000 - ENDPOINT_DELAY_MS);
  streams.push(load.stream(20));
  const gotByOld = await leaving;
  await Promise.all(streams);
  load.stop();
  await running;
  return { load, got: gotByOld + (await next.terminate()) };
}

describe('gRPC', () => {
  it('loses no call and no message of a stream when a pod is replaced, and sends none twice', async () => {
    const { load, got } = await replacePod(true);
    expect(load.failures).toEqual([]);
    expect(load.messages).toBe(40);
    expect(got).toBe(load.calls);
  });

  it('loses no call that its client has sent, even without retries', async () => {
    const { load, got } = await replacePod(true, { 'grpc.enable_retries': 0 });
    // Calls that were still in the client's queue when GOAWAY came. Node.js reports them as refused by the server.
    const unsent = load.failures.filter((failure) => failure === '14 UNAVAILABLE: Stream refused by server');
    expect(load.failures).toEqual(unsent);
    expect(got).toBe(load.calls - unsent.length);
  });

  it('loses calls without the proxy', async () => {
    const { load } = await replacePod(false);
    expect(load.failures).not.toEqual([]);
  });
});
