import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Attempt } from '../../src/probe/attempt.js';
import { Judge } from '../../src/probe/judge.js';
import { readOptions, type ProbeOptions } from '../../src/probe/options.js';
import { failure } from '../../src/probe/outcome.js';
import { freePort, startFaultyServer, type FaultyServer } from './faulty-server.js';
import { patienceWith, send, streamsTo } from './streams.js';

let server: FaultyServer;
beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.close());

const streamsOf = (path: string, options?: Partial<ProbeOptions>, { url } = server) =>
  streamsTo(`${url}/${path}`, options);

const expected: [path: string, outcome: object][] = [
  ['ok', { ok: true }],
  ['ok-then-close', { ok: true }],
  ['ok-then-reset', { ok: true }],
  ['until-close', { ok: true }],
  ['chunked', { ok: true }],
  ['early-hints', { ok: true }],
  ['reset', { ok: false, kind: 'reset', detail: 'before the response' }],
  ['close', { ok: false, kind: 'closed', detail: 'before the response' }],
  ['close-in-head', { ok: false, kind: 'closed', detail: 'before the response' }],
  ['close-in-body', { ok: false, kind: 'closed', detail: 'mid-response' }],
  ['close-in-chunk', { ok: false, kind: 'closed', detail: 'mid-response' }],
  ['reset-in-body', { ok: false, kind: 'reset', detail: 'mid-response' }],
  ['reset-until-close', { ok: false, kind: 'reset', detail: 'mid-response' }],
  ['hang', { ok: false, kind: 'response-timeout', detail: 'before the response' }],
  ['hang-in-body', { ok: false, kind: 'response-timeout', detail: 'mid-response' }],
  ['unavailable', { ok: false, kind: 'status', detail: '503' }],
  ['redirect', { ok: false, kind: 'status', detail: '302' }],
  ['wrong-body', { ok: false, kind: 'wrong-body', detail: '200' }],
  ['garbage', { ok: false, kind: 'other', detail: 'HPE_INVALID_CONSTANT' }],
  ['long-body', { ok: false, kind: 'wrong-body', detail: '200, longer than 1 MiB' }],
  ['hang-in-endless-body', { ok: false, kind: 'response-timeout', detail: 'mid-response' }],
  ['hang-in-tiny-chunks', { ok: false, kind: 'response-timeout', detail: 'mid-response' }],
  ['hang-in-early-hints', { ok: false, kind: 'response-timeout', detail: 'before the response' }],
  ['huge-head', { ok: false, kind: 'other', detail: 'HPE_HEADER_OVERFLOW' }],
  ['huge-trailer', { ok: false, kind: 'other', detail: 'HPE_HEADER_OVERFLOW' }],
  ['huge-extension', { ok: false, kind: 'other', detail: 'HPE_CHUNK_EXTENSIONS_OVERFLOW' }],
  ['two-lengths', { ok: false, kind: 'other', detail: 'HPE_UNEXPECTED_CONTENT_LENGTH' }],
  ['more-than-its-length', { ok: false, kind: 'other', detail: 'HPE_INVALID_CONSTANT' }],
  ['unknown-status', { ok: false, kind: 'status', detail: '999' }],
  ['long-status', { ok: false, kind: 'other', detail: 'HPE_INVALID_STATUS' }],
  ['switching-protocols', { ok: false, kind: 'closed', detail: 'before the response' }],
];

const methods = [
  ['GET', {}],
  ['POST', { method: 'POST', body: 'hello' }],
] as const;

describe.each(methods)('%s', (_method, options) => {
  // Most of them wait for an answer that never comes: together, each with a server of its own.
  describe.concurrent.each(expected)('%s', (path, outcome) => {
    it('is classified on a new connection and sent once', async ({ onTestFinished }) => {
      const own = await startFaultyServer();
      onTestFinished(own.close);
      const [fresh] = streamsOf(path, { ...options, ...patienceWith(path) }, own);
      expect((await send(fresh)).outcome).toEqual(outcome);
      expect(own.requests).toEqual([path]);
    });

    it('is classified on a reused connection and sent once', async ({ onTestFinished }) => {
      const own = await startFaultyServer((index) => (index === 0 ? 'ok' : path));
      onTestFinished(own.close);
      const [, kept] = streamsOf('ok', { ...options, ...patienceWith(path) }, own);
      expect((await send(kept)).outcome).toEqual({ ok: true });
      expect(await send(kept)).toEqual({ outcome, reused: true });
      expect(own.requests).toEqual(['ok', path]);
      expect(own.connections()).toBe(1);
      kept.close();
    });
  });

  it('is refused where nothing listens, on both streams', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const [fresh, kept] = streamsOf('', { ...options, url });
    const refused = { outcome: { ok: false, kind: 'refused', detail: 'while connecting' }, reused: false };
    expect(await send(fresh)).toEqual(refused);
    expect(await send(kept)).toEqual(refused);
    kept.close();
  });

  it('opens a new connection after the server closed an idle one, and counts no failure', async ({
    onTestFinished,
  }) => {
    const own = await startFaultyServer();
    onTestFinished(own.close);
    const [, kept] = streamsOf('ok-then-close', options, own);
    expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: false });
    await vi.waitUntil(() => own.openConnections() === 0, { timeout: 60_000 });
    expect(await send(kept)).toEqual({ outcome: { ok: true }, reused: false });
    expect(own.connections()).toBe(2);
    kept.close();
  });
});

describe('TLS', () => {
  it('counts a handshake that is never answered as a connect time-out', async () => {
    const url = `https://127.0.0.1:${server.port}/`;
    const [fresh] = streamsOf('', { url, connectTimeoutMs: 50 });
    const { outcome } = await send(fresh);
    expect(outcome).toEqual({ ok: false, kind: 'connect-timeout', detail: 'while connecting' });
  });
});

describe('the memory of bodies', () => {
  const ends: [string, (attempt: Attempt) => void][] = [
    ['complete', (attempt) => attempt.complete(200, {})],
    ['an error', (attempt) => attempt.fail(new Error('on purpose'))],
    ['closed', (attempt) => attempt.closed()],
    ['settled', (attempt) => attempt.settle(failure('response-timeout', 'mid-response'))],
  ];
  it.each(ends)('is given back once when an answer is %s', async (_name, end) => {
    const settings = readOptions({ url: server.url, expectBody: 'fine' });
    const judge = new Judge(settings);
    for (let n = 0; n < 40; n++) {
      await new Promise((resolve) => {
        const attempt = new Attempt(settings, judge, resolve, () => undefined);
        attempt.receive(Buffer.alloc(2 ** 20));
        end(attempt);
        attempt.receive(Buffer.alloc(2 ** 20));
        attempt.closed();
      });
    }
    const bodies = Array.from({ length: 33 }, () => judge.newBody()!);
    for (const body of bodies) {
      body.append(Buffer.alloc(2 ** 20));
    }
    expect(bodies.filter(({ cut }) => cut !== undefined)).toEqual([bodies[32]]);
  });
});

describe('the version', () => {
  it.each([
    ['ok', { ok: true, version: 'v1' }],
    ['unavailable', { ok: false, kind: 'status', detail: '503', version: 'v1' }],
    ['until-close', { ok: true, version: '(none)' }],
  ])('of %s is read', async (path, outcome) => {
    const [fresh] = streamsOf(path, { versionFrom: { from: 'header', name: 'x-version' } });
    expect((await send(fresh)).outcome).toEqual(outcome);
  });
});
