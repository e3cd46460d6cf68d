import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Http1Application, Http2Application } from './application';
import { Proxy, type ProxyOptions } from './proxy';

const CLIENTS = 20;
const LOAD_MS = 3000;

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

type Application = Http1Application | Http2Application;

/** Starts an application and the proxy in front of it; gives the address of the proxy. */
async function startBehindProxy(
  application: Application,
  options: Partial<ProxyOptions> = {},
): Promise<string> {
  const applicationPort = await application.start();
  cleanUps.push(() => application.stop());
  const proxy = await Proxy.start({ applicationPort, ...options });
  cleanUps.push(() => proxy.stop());
  return proxy.url;
}

/** What a client sends, and the status that it gets. */
type Send = (method: string, path: string) => Promise<number>;

/** A client of HTTP/1.1 with one connection, which it keeps. */
function http1Client(url: string, headers: Record<string, string> = {}): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  cleanUps.push(() => agent.destroy());
  return async (method, path) => {
    const sent = request(url + path, { method, agent, headers });
    sent.end(method === 'POST' || Object.keys(headers).length > 0 ? 'ping' : undefined);
    const [response] = await once(sent, 'response');
    response.resume();
    await once(response, 'end');
    return response.statusCode;
  };
}

/** A client of HTTP/2 with one connection, which it keeps. */
function http2Client(url: string): Send {
  const session = connect(url);
  cleanUps.push(() => session.destroy());
  return async (method, path) => {
    const stream = session.request({ ':method': method, ':path': path });
    stream.end(method === 'POST' ? 'ping' : undefined);
    const [headers] = await once(stream, 'response');
    stream.resume();
    await once(stream, 'end');
    return headers[':status'];
  };
}

describe('connections to the application over HTTP/1.1', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('are kept for %s', async (method) => {
    const application = new Http1Application();
    const send = http1Client(await startBehindProxy(application));
    for (let sent = 0; sent < 5; sent++) {
      expect(await send(method, '/')).toBe(200);
    }
    expect(application.connections).toBeLessThan(5);
  });

  it.each([
    ['POST', {}],
    ['PUT', {}],
    ['PATCH', {}],
    ['DELETE', {}],
    ['GET', { 'content-length': '4' }],
    ['GET', { 'transfer-encoding': 'chunked' }],
  ])('serve one request each for %s %j', async (method, headers) => {
    const application = new Http1Application();
    const send = http1Client(await startBehindProxy(application), headers);
    for (let sent = 0; sent < 5; sent++) {
      expect(await send(method, '/')).toBe(200);
    }
    expect(application.connections).toBe(5);
  });

  it.each(['end', 'resetAndDestroy'] as const)(
    'may all be closed at the moment of a GET, which is then sent on a new one: %s',
    async (close) => {
      const application = new Http1Application();
      const url = await startBehindProxy(application);
      const clients = Array.from({ length: CLIENTS }, () => http1Client(url));
      await Promise.all(clients.map((send, client) => send('GET', `/slow/${client}`)));

      application.closeInsteadOfSecondAnswer = close;

      const statuses = await Promise.all(clients.map((send, client) => send('GET', `/${client}`)));
      expect(statuses).toEqual(statuses.map(() => 200));
      expect([...application.received.values()]).toContain(2);
    },
  );

  it.each([
    ['GET', 2],
    ['POST', 1],
  ])('bring the application a %s that it never answers %i times', async (method, times) => {
    const application = new Http1Application();
    const send = http1Client(await startBehindProxy(application));
    application.closeInsteadOfFirstAnswer = true;
    expect(await send(method, '/')).toBe(502);
    expect(application.received).toEqual(new Map([['/', times]]));
  });
});

describe.each([
  ['HTTP/1.1', () => new Http1Application(), http1Client, {}],
  ['HTTP/2', () => new Http2Application(), http2Client, { http2: true }],
])('an application that closes idle connections, over %s', (_, newApplication, newClient, options) => {
  it.each(['each after 20 to 50 ms', 'all at once, every 30 ms'] as const)(
    'loses nothing and gets no POST twice: %s',
    async (closing) => {
      const application = newApplication();
      const url = await startBehindProxy(application, options);
      application.closeIdle(closing);
      const statuses = new Map<string, number>();
      const end = Date.now() + LOAD_MS;
      await Promise.all(
        Array.from({ length: CLIENTS }, async (_, client) => {
          const send = newClient(url);
          for (let sent = 0; Date.now() < end; sent++) {
            const method = client % 2 === 0 ? 'GET' : 'POST';
            const path = `/${method}/${client}/${sent}`;
            statuses.set(path, await send(method, path).catch(() => 0));
            await sleep(Math.random() * 60);
          }
        }),
      );
      expect([...statuses].filter(([, status]) => status !== 200)).toEqual([]);
      const twice = [...application.received].filter(
        ([path, times]) => path.startsWith('/POST') && times > 1,
      );
      expect(twice).toEqual([]);
    },
  );
});
