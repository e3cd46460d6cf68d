import { flood, type Behaviour } from './hostile-server';
import type { Fault } from './http-servers';

const types = {
  data: 0,
  headers: 1,
  reset: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
};
const endHeaders = 4;
/** The first request of a connection. */
const firstStream = 1;
/** `:status: 200` in the static table of HPACK (RFC 7541). */
const status200 = Buffer.from([0x88]);
const refusedStream = Buffer.from([0, 0, 0, 7]);

/** A frame as RFC 9113 says. */
function frame(
  type: keyof typeof types,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
  flags = 0,
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(types[type], 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const settings = frame('settings', 0);
const goaway = frame('goaway', 0, Buffer.alloc(8));
const kilobytes = Buffer.alloc(16_000, 'a');

const firstHeaders = (flags: number) => frame('headers', firstStream, status200, flags);

/** Greets and sends frames with each connection. */
function once(...frames: readonly Buffer[]): Behaviour {
  return { asked: (socket) => void socket.write(Buffer.concat([settings, ...frames])) };
}

/** Greets, sends frames, and then the last of them without end. */
function endless(...frames: readonly Buffer[]): Behaviour {
  return {
    asked: (socket) => {
      socket.write(Buffer.concat([settings, ...frames.slice(0, -1)]));
      flood(socket, frames.at(-1)!);
    },
  };
}

/** What is no answer of HTTP/2 with prior knowledge, or one that never ends. */
export const http2Answers = {
  'sends GOAWAY with each connection': { ...once(goaway), becomes: 'reset' },
  'sends GOAWAY without end': { ...endless(goaway), becomes: 'reset' },
  'resets each stream': { ...once(frame('reset', firstStream, refusedStream)), becomes: 'reset' },
  'resets streams without end': { ...endless(frame('reset', firstStream, refusedStream)), becomes: 'reset' },
  'sends CONTINUATION without end': {
    ...endless(firstHeaders(0), frame('continuation', firstStream, kilobytes)),
    becomes: 'reset',
  },
  'sends empty CONTINUATION without end': {
    ...endless(firstHeaders(0), frame('continuation', firstStream)),
    becomes: 'other',
  },
  'sends SETTINGS without end': { ...endless(settings), becomes: 'other' },
  'sends PING without end': { ...endless(frame('ping', 0, Buffer.alloc(8))), becomes: 'other' },
  'sends empty DATA without end': {
    ...endless(firstHeaders(endHeaders), frame('data', firstStream)),
    becomes: 'other',
  },
  'sends DATA without regard to the window': {
    ...endless(firstHeaders(endHeaders), frame('data', firstStream, kilobytes)),
    becomes: 'response-timeout',
  },
  'opens the window without end': {
    ...endless(frame('windowUpdate', firstStream, Buffer.from([0x7f, 0xff, 0xff, 0xff]))),
    becomes: 'other',
  },
  'never greets': { becomes: 'response-timeout' },
  'speaks HTTP/1.1': {
    connected: (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    becomes: 'other',
  },
} satisfies Record<string, Fault>;

/** A header that enters no table, by HPACK. */
function header(name: string, value: string): Buffer {
  const texts = [name, value].flatMap((text) => [Buffer.from([text.length]), Buffer.from(text)]);
  return Buffer.concat([Buffer.from([0]), ...texts]);
}

const headers = (count: number) =>
  Buffer.concat([status200, ...Array.from({ length: count }, (_, n) => header(`x-${n}`, 'value'))]);
const openHead = frame('headers', firstStream, headers(100));
const nextHead = (stream: number) => frame('continuation', stream, headers(1));

/** Heads that Node.js begins to keep and then refuses, or whose end never comes. */
export const refusedHeads: Record<string, Behaviour> = {
  'has 300 headers': once(frame('headers', firstStream, headers(300), endHeaders)),
  'has 50 CONTINUATION frames': once(openHead, ...Array<Buffer>(50).fill(nextHead(firstStream))),
  'goes on in another stream': once(openHead, nextHead(firstStream + 2)),
  'breaks off': {
    asked: (socket) => void socket.end(Buffer.concat([settings, openHead])),
  },
};
