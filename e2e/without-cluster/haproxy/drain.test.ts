import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import {
  type ClientHttp2Session,
  connect,
  createServer as createHttp2Server,
  type Http2Server,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WITHOUT_CLUSTER_TIMEOUTS } from '../../timeouts';
import { Proxy } from './proxy';

const SLOW_MS = 400;
const started: { close(): unknown }[] = [];
const proxies: Proxy[] = [];
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  for (const server of started.splice(0)) {
    server.close();
  }
});

async function startProxy(options: Parameters<typeof Proxy.start>[0]): Promise<Proxy> {
  const proxy = await Proxy.start(options);
  proxies.push(proxy);
  return proxy;
}

/** Listens on a free port of loopback and returns its number. */
async function listen(server: Server | Http2Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started.push(server);
  return (server.address() as AddressInfo).port;
}

describe('HTTP/1.1', () => {
  const echo = () => {
    const server = createServer((message, response) => message.pipe(response));
    return listen(server);
  };

  /** Sends one POST, which is never repeated, and returns the response once its body has arrived. */
  async function post(url: string, agent: Agent): Promise<IncomingMessage> {
    const sent = request(url, { method: 'POST', agent }).end('ping');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response;
  }

  it('keeps the connections of clients until it drains, and closes each with a response from then on', async () => {
    const proxy = await startProxy({ applicationPort: await echo() });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = [await post(proxy.url, agent), await post(proxy.url, agent)];
    expect(before.map(({ headers }) => headers.connection)).toEqual([undefined, undefined]);
    expect(before[1].socket).toBe(before[0].socket);

    await proxy.drain();

    const after = [await post(proxy.url, agent), await post(proxy.url, agent)];
    expect(after.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(after.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
    expect(after[1].socket).not.toBe(after[0].socket);
  });

  it('tells the application who the client is', async () => {
    const server = createServer((message, response) => response.end(message.headers['x-forwarded-for']));
    const proxy = await startProxy({ applicationPort: await listen(server) });
    expect(await (await fetch(proxy.url)).text()).toMatch(/127\.0\.0\.1$/);
  });

  it('ends at once when the application has ended, even if clients keep connections', async () => {
    const proxy = await startProxy({ applicationPort: await echo() });
    await post(proxy.url, new Agent({ keepAlive: true }));
    expect(await proxy.stop()).toBeLessThan(2000);
  });

  it('starts where a process may open fewer files than its connections need', async () => {
    const proxy = await startProxy({ applicationPort: await echo(), fileLimit: 500 });
    expect((await fetch(proxy.url)).status).toBe(200);
  });

  it('does not drain for a path of its clients', async () => {
    const proxy = await startProxy({ applicationPort: await echo() });
    await fetch(`${proxy.url}/drain`);
    const response = await post(proxy.url, new Agent({ keepAlive: true }));
    expect(response.headers.connection).toBe(undefined);
  });
});

describe('HTTP/2', () => {
  /** A client that sends one request after the other and opens a new session only after a GOAWAY. */
  class Client {
    answered = 0;
    readonly failures: string[] = [];
    sessions = 0;
    private session?: ClientHttp2Session;
    private leaving = true;

    constructor(private readonly url: string) {}

    async run(until: () => boolean, pauseMs = 20): Promise<void> {
      while (!until()) {
        await this.send(this.answered % 5 === 0 ? '/slow' : '/').catch((error: Error) =>
          this.failures.push(error.message),
        );
        await sleep(pauseMs);
      }
      this.session?.close();
    }

    private async send(path: string): Promise<void> {
      if (this.leaving) {
        this.open();
      }
      const stream = this.session!.request({ ':path': path });
      const [headers] = await once(stream, 'response');
      stream.resume();
      await once(stream, 'end');
      if (headers[':status'] !== 200) {
        throw new Error(`status ${headers[':status']}`);
      }
      this.answered++;
    }

    private open(): void {
      this.leaving = false;
      this.sessions++;
      const session = connect(this.url);
      session.on('goaway', () => {
        if (session === this.session) {
          this.leaving = true;
        }
      });
      session.on('error', (error) => this.failures.push(error.message));
      this.session = session;
    }
  }

  it('sends GOAWAY at the beginning, after a third and after two thirds of the drain, and answers every request', async () => {
    const server = createHttp2Server();
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      const answer = () => {
        stream.respond({ ':status': 200 });
        stream.end('pong');
      };
      setTimeout(answer, headers[':path'] === '/slow' ? SLOW_MS : 0);
    });
    const proxy = await startProxy({ applicationPort: await listen(server), http2: true, drainSeconds: 3 });
    const clients = Array.from({ length: 10 }, () => new Client(proxy.url));
    let stopped = false;
    const running = clients.map((client) => client.run(() => stopped));
    // A client that connects only after the drain has begun would get one GOAWAY less.
    await vi.waitUntil(() => clients.every(({ answered }) => answered > 0), {
      timeout: WITHOUT_CLUSTER_TIMEOUTS.answersThroughProxy * 1000,
    });

    const begin = Date.now();
    await proxy.drain();
    const drained = Date.now() - begin;
    await sleep(2 * SLOW_MS);
    stopped = true;
    await Promise.all(running);

    expect(drained).toBeGreaterThanOrEqual(2000);
    expect(drained).toBeLessThan(3000);
    expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    expect(clients.map(({ sessions }) => sessions)).toEqual(clients.map(() => 4));
  });

  it('answers every request although the application soon closes each connection after its first request', async () => {
    const server = createHttp2Server();
    server.on('session', (session) =>
      session.once('stream', () => setTimeout(() => session.close(), 50 + Math.random() * 50)),
    );
    server.on('stream', (stream: ServerHttp2Stream) => {
      stream.respond({ ':status': 200 });
      stream.end('pong');
    });
    const proxy = await startProxy({ applicationPort: await listen(server), http2: true });
    const clients = Array.from({ length: 10 }, () => new Client(proxy.url));
    const end = Date.now() + 2000;
    await Promise.all(clients.map((client) => client.run(() => Date.now() > end, 1)));

    expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    expect(clients.map(({ sessions }) => sessions)).toEqual(clients.map(() => 1));
  });
});
