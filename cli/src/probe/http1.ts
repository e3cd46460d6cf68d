import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { Attempt } from './attempt.js';
import { isSecure, openSocket, socketOptions, sources, type Connections, type Send } from './connections.js';
import type { Judge } from './judge.js';
import type { Settings } from './options.js';
import type { Target } from './target.js';

/** HTTP/1.1: one request at a time on a connection. */
export class Http1Connections implements Connections {
  private readonly agents: http.Agent[];

  constructor(
    private readonly settings: Settings,
    private readonly target: Target,
    private readonly judge: Judge,
  ) {
    const { Agent } = isSecure(settings.url) ? https : http;
    this.agents = Array.from(
      { length: settings.connections },
      () => new Agent({ keepAlive: true, maxFreeSockets: 1 }),
    );
  }

  fresh(url: URL): Send {
    const { settings, judge } = this;
    const all = sources(settings).map((localAddress) => {
      const options = { ...socketOptions(url, settings, this.target), localAddress };
      const base = this.requestOptions(url);
      const headers = { ...base.headers, connection: 'close' };
      return { ...base, headers, createConnection: () => openSocket(url, options) };
    });
    return (index, done) => send(settings, judge, all[index % all.length], done);
  }

  /**
   * When a connection is still waiting for its last answer, the request goes out at its time on an extra one, as it would
   * from any client that keeps a pool.
   */
  kept(url: URL): Send {
    const { settings, judge } = this;
    const addresses = sources(settings);
    const all = this.agents.map((agent, lane) => ({
      ...this.requestOptions(url),
      ...socketOptions(url, settings, this.target),
      localAddress: addresses[lane % addresses.length],
      agent,
    }));
    return (index, done) => send(settings, judge, all[index % all.length], done);
  }

  close(): void {
    for (const agent of this.agents) {
      agent.destroy();
    }
  }

  private requestOptions(url: URL) {
    const { method, body, headers } = this.settings;
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    return {
      protocol: url.protocol,
      method,
      path: url.pathname + url.search,
      headers: { host: url.host, ...length, ...headers },
    };
  }
}

/** node:http reports a reused connection that turns out dead as an error of the request. */
function send(
  settings: Settings,
  judge: Judge,
  options: http.RequestOptions,
  done: Parameters<Send>[1],
): void {
  const attempt = new Attempt(
    settings,
    judge,
    (outcome) => done({ outcome, reused: request.reusedSocket }),
    () => request.destroy(),
  );
  const secure = isSecure(settings.url);
  const request = (secure ? https : http).request(options, (response) => {
    attempt.responding();
    response.on('data', (chunk: Buffer) => attempt.receive(chunk));
    response.on('end', () => attempt.complete(response.statusCode ?? 0, response.headers));
    response.on('error', (error) => attempt.fail(error));
  });
  request.on('socket', (socket) => {
    if (request.reusedSocket) {
      attempt.connected();
    }
    // TLS has to shake hands after `connect`.
    else {
      socket.once(secure ? 'secureConnect' : 'connect', () => attempt.connected());
    }
    const onEnd = () => {
      if (wasReset(socket)) {
        attempt.reset();
      }
    };
    // Before Node closes its side too, after which the connection has no peer in any case.
    socket.prependListener('end', onEnd);
    request.once('close', () => socket.off('end', onEnd));
  });
  request.on('error', (error) => attempt.fail(error));
  request.on('close', () => attempt.closed());
  request.end(settings.body);
}

/**
 * Whether a connection that has come to its end was reset. When the reset is read together with the last data, libuv reports a
 * proper end, with which a body without a length would seem complete. Only the kernel knows: a reset connection has no peer.
 */
function wasReset(socket: Socket): boolean {
  return socket.remoteAddress === undefined;
}
