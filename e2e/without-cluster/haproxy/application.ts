import { once } from 'node:events';
import { createServer as createHttp1Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2Session } from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';

const SLOW_MS = 300;

/** An application's connections, some of which may be closed when they are idle. */
abstract class Application<Connection extends object> {
  connections = 0;
  /** How often each path came in. */
  readonly received = new Map<string, number>();
  private readonly idle = new Set<Connection>();
  private closing?: 'each after 20 to 50 ms' | 'all at once, every 30 ms';
  private timer?: NodeJS.Timeout;

  protected constructor(private readonly server: Server) {}

  /** Listens on a free port of loopback and returns its number. */
  async start(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    clearInterval(this.timer);
    this.server.close();
  }

  /** From now on closes connections that have served a request and have none now. */
  closeIdle(closing: 'each after 20 to 50 ms' | 'all at once, every 30 ms'): void {
    this.closing = closing;
    if (closing === 'all at once, every 30 ms') {
      this.timer = setInterval(() => this.idle.forEach((connection) => this.closeIfIdle(connection)), 30);
    }
  }

  protected begun(connection: Connection, path: string): void {
    this.idle.delete(connection);
    this.received.set(path, (this.received.get(path) ?? 0) + 1);
  }

  protected answered(connection: Connection): void {
    this.idle.add(connection);
    if (this.closing === 'each after 20 to 50 ms') {
      setTimeout(() => this.closeIfIdle(connection), 20 + Math.random() * 30);
    }
  }

  protected abstract close(connection: Connection): void;

  private closeIfIdle(connection: Connection): void {
    if (this.idle.delete(connection)) {
      this.close(connection);
    }
  }
}

/** Answers over HTTP/1.1. */
export class Http1Application extends Application<Socket> {
  /** Closes a connection like this when a second request arrives on it. */
  closeInsteadOfSecondAnswer?: 'end' | 'resetAndDestroy';
  closeInsteadOfFirstAnswer = false;
  private readonly used = new WeakSet<Socket>();

  constructor() {
    const server = createHttp1Server((message, response) => this.answer(message, response));
    super(server);
    server.keepAliveTimeout = 0;
    server.on('connection', () => this.connections++);
  }

  protected close(socket: Socket): void {
    socket.end();
  }

  private answer({ socket, url }: IncomingMessage, response: ServerResponse): void {
    this.begun(socket, url!);
    if (this.closeInsteadOfFirstAnswer) {
      socket.end();
    } else if (this.used.has(socket) && this.closeInsteadOfSecondAnswer) {
      socket[this.closeInsteadOfSecondAnswer]();
    } else {
      this.used.add(socket);
      response.on('finish', () => this.answered(socket));
      setTimeout(() => response.end('pong'), url!.startsWith('/slow') ? SLOW_MS : 0);
    }
  }
}

/** Answers over HTTP/2 without TLS. */
export class Http2Application extends Application<Http2Session> {
  constructor() {
    const server = createHttp2Server();
    super(server);
    server.on('session', () => this.connections++);
    server.on('stream', (stream, headers) => {
      const session = stream.session!;
      this.begun(session, headers[':path']!);
      stream.on('close', () => this.answered(session));
      stream.respond({ ':status': 200 });
      stream.end('pong');
    });
  }

  protected close(session: Http2Session): void {
    session.close();
  }
}
