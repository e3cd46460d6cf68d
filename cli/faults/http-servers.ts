import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FailureKind } from '../src/probe/outcome';
import { flood, repeat, type Behaviour } from './hostile-server';

const mebibyte = 'a'.repeat(1024 * 1024);

function head(...headers: readonly string[]): string {
  return ['HTTP/1.1 200 OK', 'X-Version: v1', ...headers, '', ''].join('\r\n');
}

/** Begins an answer and goes on with one piece for ever. */
function endless(start: string, piece: string | Buffer): Behaviour {
  return {
    asked: (socket) => {
      socket.write(start);
      flood(socket, piece);
    },
  };
}

function trickle(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 20);
  socket.on('close', () => clearInterval(timer));
}

/** What a server does, and what becomes of every request because of it; ok is a right answer. */
export interface Fault extends Behaviour {
  readonly becomes: FailureKind | 'ok';
}

/** Answers whose bodies are hard on whoever looks into them. */
export const bodies = {
  'a body without end': {
    ...endless(head(), mebibyte),
    becomes: 'response-timeout',
  },
  'chunks without end': {
    ...endless(head('Transfer-Encoding: chunked'), `100000\r\n${mebibyte}\r\n`),
    becomes: 'response-timeout',
  },
  'a body that trickles': {
    asked: (socket) => {
      socket.write(head(`Content-Length: 1000000`));
      trickle(socket, 'a');
    },
    becomes: 'response-timeout',
  },
  'a body on which a regular expression explodes': complete(`${'a'.repeat(100_000)}!`),
  'JSON of 1,000,000 arrays in each other': complete('['.repeat(1_000_000) + ']'.repeat(1_000_000)),
  'JSON with the keys of prototypes': complete(
    '{"__proto__": {"version": "v1"}, "constructor": {"version": "v2"}}',
  ),
  'JSON with a version of escape sequences': complete('{"version": "\\u001b]0;owned\\u0007\\u001b[2Jv1"}'),
  'a body that is not text': complete(randomBytes(1_000_000)),
} satisfies Record<string, Fault>;

/** Bodies that are complete, and larger than any string of JavaScript. */
export const hugeBodies = {
  'a body of 700 MB': (socket: Socket) => {
    socket.write(head(`Content-Length: ${700 * mebibyte.length}`, 'Connection: close'));
    repeat(socket, mebibyte, 700);
  },
  'chunks of 700 MB': (socket: Socket) => {
    socket.write(head('Transfer-Encoding: chunked', 'Connection: close'));
    repeat(socket, `100000\r\n${mebibyte}\r\n`, 700, '0\r\n\r\n');
  },
};

/** What is no answer, or one that never ends. */
export const answers = {
  'closes at once': { connected: (socket) => void socket.end(), becomes: 'closed' },
  'resets when it is asked': { asked: (socket) => void socket.resetAndDestroy(), becomes: 'reset' },
  'never answers': { becomes: 'response-timeout' },
  'sends garbage': { connected: (socket) => void socket.end(randomBytes(10_000)), becomes: 'other' },
  'sends garbage without end': {
    connected: (socket) => flood(socket, randomBytes(100_000)),
    becomes: 'other',
  },
  'redirects to itself': {
    asked: (socket) =>
      void socket.end('HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
    becomes: 'status',
  },
  'sends 100 Continue without end': {
    ...endless('', 'HTTP/1.1 100 Continue\r\n\r\n'),
    becomes: 'response-timeout',
  },
  'sends 103 Early Hints without end': {
    ...endless('', `HTTP/1.1 103 Early Hints\r\nLink: <${'a'.repeat(1000)}>\r\n\r\n`),
    becomes: 'response-timeout',
  },
  'switches protocols': {
    asked: (socket) =>
      void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: tcp\r\n\r\n'),
    becomes: 'closed',
  },
  'sends a status line without end': { ...endless('HTTP/1.1 200 ', mebibyte), becomes: 'other' },
  'sends a header without end': { ...endless('HTTP/1.1 200 OK\r\nX-Version: ', mebibyte), becomes: 'other' },
  'sends headers without end': { ...endless('HTTP/1.1 200 OK\r\n', 'X-Version: v1\r\n'), becomes: 'other' },
  'sends a header of 1 MB': {
    asked: (socket) => void socket.end(head(`X-Large: ${mebibyte}`, 'Content-Length: 0')),
    becomes: 'other',
  },
  'sends 10,000 headers': {
    asked: (socket) =>
      void socket.end(head(...Array.from({ length: 10_000 }, (_, i) => `X-${i}: v1`), 'Content-Length: 0')),
    becomes: 'other',
  },
  'trickles its headers': {
    asked: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Version: ');
      trickle(socket, 'v');
    },
    becomes: 'response-timeout',
  },
  'sends a chunk longer than any number': {
    ...endless(head('Transfer-Encoding: chunked'), 'f'),
    becomes: 'other',
  },
  'sends extensions of a chunk without end': {
    ...endless(`${head('Transfer-Encoding: chunked')}1;`, mebibyte),
    becomes: 'other',
  },
  'sends trailers without end': {
    ...endless(`${head('Transfer-Encoding: chunked')}4\r\nfine\r\n0\r\n`, 'X-Version: v1\r\n'),
    becomes: 'other',
  },
  'sends two lengths': {
    asked: (socket) => void socket.end(`${head('Content-Length: 4', 'Content-Length: 5')}fine`),
    becomes: 'other',
  },
  'sends another version with each answer': answerWith(() => randomBytes(50).toString('hex')),
  'sends a version of 10,000 characters': answerWith(() => 'v'.repeat(10_000)),
  'sends a version of escape sequences': {
    ...answerWith(() => '\x1b]0;owned\x07\x1b[2Jv1'),
    becomes: 'other',
  },
} satisfies Record<string, Fault>;

/** A right answer with this version. */
function answerWith(version: () => string): Fault {
  return {
    asked: (socket) => {
      const headers = `X-Version: ${version()}\r\nConnection: close\r\nContent-Length: 4`;
      socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\nfine`);
    },
    becomes: 'ok',
  };
}

/** A right answer with this body. */
function complete(body: string | Buffer): Fault {
  return {
    asked: (socket) => {
      socket.write(head(`Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'));
      socket.end(body);
    },
    becomes: 'ok',
  };
}
