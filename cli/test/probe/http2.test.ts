import { once } from 'node:events';
import {
  constants,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProbe } from '../../src/index.js';
import type { Settled } from '../../src/probe/attempt.js';
import type { ProbeOptions } from '../../src/probe/options.js';
import { freePort, startFaultyServer } from './faulty-server.js';
import { isHanging, patienceWith, send, streamsTo } from './streams.js';

const answer = (stream: ServerHttp2Stream, status = 200, body = 'fine') => {
  if (stream.destroyed) {
    return;
  }
  stream.respond({ ':status': status, 'x-version': 'v1' });
  stream.end(body);
};
const half = (stream: ServerHttp2Stream) => {
  stream.respond({ ':status': 200, 'content-length': 10 });
  stream.write('fine');
};

/** What the server does with a request, by its path. */
const faults: Readonly<Record<string, (stream: ServerHttp2Stream) => void>> = {
  ok: answer,
  slow: (stream) => setTimeout(answer, 100, stream),
  'ok-then-goaway': (stream) => {
    answer(stream);
    stream.session!.goaway();
  },
  'goaway-then-ok': (stream) => {
    stream.session!.goaway();
    setTimeout(answer, 50, stream);
  },
  // The server says that it has processed no request but the first of the connection.
  'goaway-after-first': (stream) => stream.session!.goaway(constants.NGHTTP2_NO_ERROR, 1),
  'refused-stream': (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
  'internal-error': (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
  'reset-in-body': (stream) => {
    half(stream);
    setTimeout(() => stream.destroy(new Error('on purpose')), 20);
  },
  'end-in-body': (stream) => {
    half(stream);
    setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), 20);
  },
  close: () => sockets.at(-1)!.destroy(),
  'close-in-body': (stream) => {
    half(stream);
    setTimeout(() => sockets.at(-1)!.destroy(), 20);
  },
  hang: () => undefined,
  'hang-in-body': half,
  unavailable: (stream) => answer(stream, 503),
  'wrong-body': (stream) => answer(stream, 200, 'the default backend'),
  'long-body': (stream) => answer(stream, 200, 'fine'.padEnd(2 ** 20 + 1, '.')),
  'hang-in-endless-body': (stream) => {
    stream.respond({ ':status': 200 });
    const write = () => {
      while (!stream.destroyed && stream.write(Buffer.alloc(16_384))) {
        // Until its buffer is full.
      }
    };
    stream.on('drain', write);
    write();
  },
  'hang-in-early-hints': (stream) => {
    const hint = () => {
      if (stream.destroyed) {
        return;
      }
      for (let n = 0; n < 100; n++) {
        stream.additionalHeaders({ ':status': 103, link: '</a>' });
      }
      setImmediate(hint);
    };
    hint();
  },
  'huge-head': (stream) => {
    const headers = Array.from({ length: 100 }, (_, n) => [`x-${n}`, 'x'.repeat(30_000)]);
    stream.respond({ ':status': 200, ...Object.fromEntries(headers) });
    stream.end('fine');
  },
  'many-headers': (stream) => {
    stream.respond({
      ':status': 200,
      ...Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x-${n}`, 'x'])),
    });
    stream.end('fine');
  },
  'unknown-code': (stream) => stream.close(0xdead),
  'pushed-too': (stream) => {
    for (let n = 0; n < 50; n++) {
      stream.pushStream({ ':path': `/${n}` }, (error, pushed) => {
        pushed?.on('error', () => undefined);
        if (!error) {
          answer(pushed);
        }
      });
    }
    answer(stream);
  },
};

let server: Http2Server;
let url: string;
let requests: string[];
let bodies: string[];
let sessions: ServerHttp2Session[];
let sockets: Socket[];

beforeEach(async () => {
  [requests, bodies, sessions, sockets] = [[], [], [], []];
  server = createServer({ maxSendHeaderBlockLength: 10_000_000 });
  server.on('session', (session) => sessions.push(session));
  server.on('connection', (socket: Socket) => sockets.push(socket));
  server.on('sessionError', () => undefined);
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    const fault = headers[':path']!.slice(1);
    requests.push(fault);
    stream.on('error', () => undefined);
    stream.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
    faults[fault](stream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
  for (const session of sessions) {
    session.destroy();
  }
});

const streamsOf = (path: string, options: Partial<ProbeOptions> = {}) =>
  streamsTo(`${url}/${path}`, { http2: true, ...patienceWith(path), ...options });

const expected: [path: string, outcome: object][] = [
  ['ok', { ok: true }],
  ['ok-then-goaway', { ok: true }],
  ['goaway-then-ok', { ok: true }],
  ['refused-stream', { ok: false, kind: 'reset', detail: 'REFUSED_STREAM' }],
  ['internal-error', { ok: false, kind: 'reset', detail: 'INTERNAL_ERROR' }],
  ['reset-in-body', { ok: false, kind: 'reset', detail: 'INTERNAL_ERROR' }],
  ['end-in-body', { ok: false, kind: 'reset', detail: 'PROTOCOL_ERROR' }],
  ['close', { ok: false, kind: 'closed', detail: 'before the response' }],
  ['close-in-body', { ok: false, kind: 'closed', detail: 'mid-response' }],
  ['hang', { ok: false, kind: 'response-timeout', detail: 'before the response' }],
  ['hang-in-body', { ok: false, kind: 'response-timeout', detail: 'mid-response' }],
  ['unavailable', { ok: false, kind: 'status', detail: '503' }],
  ['wrong-body', { ok: false, kind: 'wrong-body', detail: '200' }],
  ['long-body', { ok: false, kind: 'wrong-body', detail: '200, longer than 1 MiB' }],
  ['hang-in-endless-body', { ok: false, kind: 'response-timeout', detail: 'mid-response' }],
  ['hang-in-early-hints', { ok: false, kind: 'response-timeout', detail: 'before the response' }],
  ['huge-head', { ok: false, kind: 'other', detail: 'ERR_HTTP2_ERROR' }],
  ['many-headers', { ok: false, kind: 'reset', detail: 'ENHANCE_YOUR_CALM' }],
  ['unknown-code', { ok: false, kind: 'reset', detail: 'unknown error code' }],
  ['pushed-too', { ok: true }],
];

describe.each(expected.filter(([path]) => !isHanging(path)))('over HTTP/2, %s', (path, outcome) => {
  it('is classified on a new connection and sent once', async () => {
    const [fresh] = streamsOf(path);
    expect(await send(fresh)).toEqual({ outcome, reused: false });
    expect(requests).toEqual([path]);
    expect(sessions).toHaveLength(1);
  });

  it('is classified on a kept connection and sent once', async () => {
    const [, kept] = streamsOf(path);
    expect(await send(kept)).toEqual({ outcome, reused: false });
    expect(requests).toEqual([path]);
    kept.close();
  });
});

it('answers over HTTP/2 that hang are classified on new and kept connections, and sent once', async () => {
  const hanging = expected.filter(([path]) => isHanging(path));
  // Together, since each waits for an answer that never comes.
  await Promise.all(
    hanging.flatMap(([path, outcome]) =>
      streamsOf(path).map(async (stream) => {
        expect(await send(stream)).toEqual({ outcome, reused: false });
        stream.close();
      }),
    ),
  );
  expect(requests.sort()).toEqual(hanging.flatMap(([path]) => [path, path]).sort());
});

describe('kept connections of HTTP/2', () => {
  it('take the next request, and slow ones beside it', async () => {
    const [, kept, slow] = streamsOf('ok', { slowRate: 1, slowPath: '/slow' });
    expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: false });
    const slowly = send(slow);
    expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: true });
    expect(await slowly).toEqual({ outcome: { ok: true }, reused: true });
    expect(sessions).toHaveLength(1);
    kept.close();
  });

  it('are replaced after GOAWAY, and what is in flight on them is waited for', async () => {
    const [, kept, slow] = streamsOf('ok-then-goaway', { slowRate: 1, slowPath: '/slow' });
    const slowly = send(slow);
    await vi.waitUntil(() => requests.includes('slow'), { timeout: 30_000 });
    expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: true });
    expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: false });
    expect((await slowly).outcome).toEqual({ ok: true });
    expect(sessions).toHaveLength(2);
    kept.close();
  });

  it('count a request that GOAWAY says was not processed as a failure', async () => {
    const [, kept, slow] = streamsOf('ok', { slowRate: 1, slowPath: '/goaway-after-first' });
    await send(kept);
    const outcome = { ok: false, kind: 'reset', detail: 'REFUSED_STREAM' };
    expect(await send(slow)).toEqual({ outcome, reused: true });
    expect((await send(kept)).reused).toBe(false);
    kept.close();
  });

  it('do not lose what still waits in the client when GOAWAY comes, and send it once', async () => {
    const last = 2 ** 31 - 1;
    const [, kept] = streamsOf('ok', { connections: 20 });
    const settled: Promise<Settled>[] = [];
    for (let round = 0; round < 100; round++) {
      for (const session of sessions) {
        if (!session.closed) {
          session.goaway(constants.NGHTTP2_NO_ERROR, last);
        }
      }
      for (let n = 0; n < 80; n++) {
        settled.push(send(kept));
      }
      await nextTurn();
    }
    const failed = (await Promise.all(settled)).filter(({ outcome }) => !outcome.ok);
    expect(failed).toEqual([]);
    expect(requests).toHaveLength(settled.length);
    kept.close();
  });

  it.each(['close', 'hang'])('are replaced after %s', async (path) => {
    const [, kept] = streamsOf(path);
    await send(kept);
    expect((await send(kept)).reused).toBe(false);
    kept.close();
  });

  it('that cannot be opened are a failure of each request', async () => {
    const refused = { outcome: { ok: false, kind: 'refused', detail: 'while connecting' }, reused: false };
    const [fresh, kept] = streamsOf('ok', { url: `http://127.0.0.1:${await freePort()}/ok` });
    expect([await send(fresh), await send(kept)]).toEqual([refused, refused]);
  });

  it('count a server of HTTP/1.1 as a failure', async () => {
    const old = await startFaultyServer();
    const [fresh] = streamsOf('ok', { url: `${old.url}/ok`, timeoutMs: 150 });
    expect((await send(fresh)).outcome).toMatchObject({ ok: false });
    await old.close();
  });

  it('count a TLS handshake that is never answered as a connect time-out', async () => {
    const silent = await startFaultyServer();
    const [fresh] = streamsOf('ok', { url: `https://127.0.0.1:${silent.port}/`, connectTimeoutMs: 50 });
    const { outcome } = await send(fresh);
    expect(outcome).toEqual({ ok: false, kind: 'connect-timeout', detail: 'while connecting' });
    await silent.close();
  });
});

it('a probe over HTTP/2 sends exactly what the schedule says', async () => {
  const run = await startProbe({
    url: `${url}/ok`,
    http2: true,
    method: 'POST',
    body: 'ping',
    rate: 50,
    connections: 5,
    slowRate: 10,
    slowPath: '/slow',
    durationMs: 1000,
    maxSlipMs: 5000,
    versionFrom: { from: 'header', name: 'x-version' },
  });
  const result = await run.result;
  expect(result).toMatchObject({ verdict: 'none-failed', http2: true, sent: 160, ok: 160 });
  expect(result.versions).toMatchObject([{ version: 'v1', ok: 160 }]);
  expect(result.streams.map(({ connections }) => connections)).toEqual([50, 5, 0]);
  expect(bodies).toEqual(requests.map(() => 'ping'));
  expect(requests).toHaveLength(160);
});
