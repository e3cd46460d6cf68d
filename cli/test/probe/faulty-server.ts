import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What the server does with a request, by the last part of its path. */
const faults: Readonly<Record<string, (socket: Socket) => void>> = {
  ok: (socket) => socket.write(response('fine')),
  'ok-then-close': (socket) => socket.end(response('fine')),
  'ok-then-reset': (socket) => socket.write(response('fine'), () => socket.resetAndDestroy()),
  'until-close': (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nfine'),
  chunked: (socket) => socket.write(`${head('Transfer-Encoding: chunked')}4\r\nfine\r\n0\r\n\r\n`),
  'early-hints': (socket) => socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${response('fine')}`),
  reset: (socket) => socket.resetAndDestroy(),
  close: (socket) => socket.end(),
  'close-in-head': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-'),
  'close-in-body': (socket) => socket.end(`${head('Content-Length: 10')}fine`),
  'close-in-chunk': (socket) => socket.end(`${head('Transfer-Encoding: chunked')}9\r\nfine`),
  'reset-in-body': (socket) =>
    socket.write(`${head('Content-Length: 10')}fine`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
  'reset-until-close': (socket) =>
    socket.write('HTTP/1.1 200 OK\r\n\r\nfine', () => setTimeout(() => socket.resetAndDestroy(), 20)),
  hang: () => undefined,
  'hang-in-body': (socket) => socket.write(`${head('Content-Length: 10')}fine`),
  unavailable: (socket) => socket.write(response('sorry', '503 Service Unavailable')),
  redirect: (socket) => socket.write(response('', '302 Found')),
  'wrong-body': (socket) => socket.write(response('the default backend')),
  garbage: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  explosive: (socket) => socket.write(response(`${'a'.repeat(60)}!`)),
  'long-body': (socket) => socket.write(response('fine'.padEnd(2 ** 20 + 1, '.'))),
  'hang-in-endless-body': (socket) => {
    socket.write(head('Transfer-Encoding: chunked'));
    writeWithoutEnd(socket, `${(65_536).toString(16)}\r\n${'.'.repeat(65_536)}\r\n`);
  },
  'hang-in-tiny-chunks': (socket) => {
    socket.write(head('Transfer-Encoding: chunked'));
    writeWithoutEnd(socket, '1\r\n.\r\n'.repeat(1000));
  },
  'hang-in-early-hints': (socket) =>
    writeWithoutEnd(socket, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(100)),
  'huge-head': (socket) => socket.write(`${head(`X: ${'x'.repeat(20_000)}`)}`),
  'huge-trailer': (socket) =>
    socket.write(`${head('Transfer-Encoding: chunked')}4\r\nfine\r\n0\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`),
  'huge-extension': (socket) =>
    socket.write(`${head('Transfer-Encoding: chunked')}4;${'x'.repeat(100_000)}\r\nfine\r\n0\r\n\r\n`),
  'two-lengths': (socket) => socket.write(`${head('Content-Length: 4\r\nContent-Length: 5')}fine`),
  'more-than-its-length': (socket) => socket.write(`${response('fine')} and more`),
  'unknown-status': (socket) => socket.write(response('', '999 What')),
  'long-status': (socket) => socket.write(response('', '200000 OK')),
  'switching-protocols': (socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
};

function writeWithoutEnd(socket: Socket, text: string): void {
  const write = () => {
    while (!socket.destroyed && socket.write(text)) {
      // Until its buffer is full.
    }
  };
  socket.on('drain', write);
  write();
}

function head(header: string): string {
  return `HTTP/1.1 200 OK\r\nX-Version: v1\r\n${header}\r\n\r\n`;
}

function response(body: string, status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\nX-Version: v1\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

/** A server on loopback that answers, or fails, as asked, and counts what it sees. */
export interface FaultyServer {
  readonly port: number;
  readonly url: string;
  /** The faults of the requests that arrived, in their order. */
  readonly requests: readonly string[];
  /** How many connections arrived, those without a request included. */
  connections(): number;
  /** How many connections neither side has closed. */
  openConnections(): number;
  close(): Promise<void>;
}

/**
 * Starts a server. A request does what the last part of its path says, or what `choose` says for its number.
 * It reads raw sockets, so that nothing is mended on the way.
 */
export async function startFaultyServer(
  choose?: (index: number) => string | undefined,
): Promise<FaultyServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      for (const [, path] of data.toString().matchAll(/^(?:GET|POST) \S*\/(\S*) HTTP/gm)) {
        const fault = choose?.(requests.length) ?? path;
        requests.push(fault);
        faults[fault](socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 511 }, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    openConnections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

/** A port of loopback on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = await startFaultyServer();
  await server.close();
  return server.port;
}
