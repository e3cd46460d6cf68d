import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startProbe } from '../src/index.js';
import { sum } from '../src/probe/result.js';
import { startFaultyServer, type FaultyServer } from '../test/probe/faulty-server.js';
import { attack, buildVegeta } from './vegeta.js';

const rate = 200;
const seconds = 5;
/** What the server does with every request whose number modulo 50 is the key. */
const drops: Readonly<Record<number, string>> = {
  3: 'reset',
  11: 'close',
  19: 'close-in-body',
  27: 'reset-in-body',
  35: 'unavailable',
  43: 'close-in-head',
};

let program: string;
let server: FaultyServer;

beforeAll(() => {
  program = buildVegeta();
}, 600_000);
beforeEach(async () => {
  server = await startFaultyServer((index) => drops[index % 50] ?? 'ok');
});
afterEach(() => server.close());

/** Counts in vegeta's terms: 0 is a request without a complete response. */
interface Counts {
  readonly requests: number;
  readonly statuses: Readonly<Record<string, number>>;
}

async function withVegeta(keepAlive: boolean): Promise<Counts> {
  const options = [`-rate=${rate}`, `-duration=${seconds}s`, `-keepalive=${keepAlive}`];
  const report = await attack(program, server.url, options);
  return { requests: report.requests, statuses: report.status_codes };
}

async function withProbe(keepAlive: boolean): Promise<Counts> {
  const run = await startProbe({
    url: server.url,
    durationMs: seconds * 1000,
    ...(keepAlive ? { rate: 0, connections: rate / 20, keepAliveIntervalMs: 50 } : { rate, connections: 0 }),
  });
  const { sent, ok, streams } = await run.result;
  const { status = {}, ...broken } = streams[0].failures;
  const incomplete = sum(Object.values(broken).flatMap((details) => Object.values(details)));
  return { requests: sent, statuses: { 0: incomplete, 200: ok, ...status } };
}

it('counts the same drops as vegeta does, on new connections', async () => {
  const vegeta = await withVegeta(false);
  expect(server.requests).toHaveLength(rate * seconds);
  expect(vegeta).toEqual({ requests: 1000, statuses: { 0: 100, 200: 880, 503: 20 } });
  await server.close();

  server = await startFaultyServer((index) => drops[index % 50] ?? 'ok');
  expect(await withProbe(false)).toEqual(vegeta);
  expect(server.requests).toHaveLength(rate * seconds);
}, 60_000);

it('sees what vegeta hides: Go repeats a GET whose kept connection broke', async () => {
  const vegeta = await withVegeta(true);
  // More requests reach the server than vegeta counts, and fewer failures are counted than the server caused.
  expect(server.requests.length).toBeGreaterThan(vegeta.requests);
  const caused = server.requests.filter((fault) => fault !== 'ok').length;
  expect(vegeta.requests - vegeta.statuses[200]).toBeLessThan(caused);
  await server.close();

  server = await startFaultyServer((index) => drops[index % 50] ?? 'ok');
  const probe = await withProbe(true);
  expect(server.requests).toHaveLength(probe.requests);
  expect(probe).toEqual({ requests: 1000, statuses: { 0: 100, 200: 880, 503: 20 } });
}, 60_000);
