import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a server does with a connection: as soon as it is there, or when the first bytes of a request come. */
export interface Behaviour {
  readonly connected?: (socket: Socket) => void;
  readonly asked?: (socket: Socket) => void;
}

/** A server on loopback. */
export interface Server {
  readonly port: number;
  /** Connections that have brought a request. */
  requests(): number;
  close(): Promise<void>;
}

/** Starts a server that works on raw sockets, so that nothing is mended on the way. */
export async function startServer({ connected, asked }: Behaviour): Promise<Server> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    connected?.(socket);
    socket.on('data', () => undefined);
    socket.once('data', () => {
      requests++;
      asked?.(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 511 }, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      }),
  };
}

/** How much goes out at once, so that no server keeps the others from their turn. */
const atOnce = 64 * 1024;

/** Sends a piece again and again until the connection is gone, at 64 MB a second at most. */
export function flood(socket: Socket, piece: Buffer | string): void {
  const bytes = Buffer.from(piece);
  const many = Buffer.concat(Array<Buffer>(Math.max(1, Math.ceil(atOnce / bytes.length))).fill(bytes));
  const next = () => {
    if (socket.destroyed) {
      return;
    }
    if (socket.write(many)) {
      setTimeout(next, 1);
    } else {
      socket.once('drain', () => setTimeout(next, 1));
    }
  };
  next();
}

/** Sends a piece so many times, as fast as it is taken, then the last one, and closes. */
export function repeat(socket: Socket, piece: string, times: number, last = ''): void {
  if (socket.destroyed) {
    return;
  }
  if (times === 0) {
    socket.end(last);
  } else {
    socket.write(piece, () => setImmediate(repeat, socket, piece, times - 1, last));
  }
}
