import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send, streamsTo } from './streams.js';

/** What the flag says: the server has the request, the client reads nothing, the answer and the reset are on their way. */
const [REQUESTED, BLOCKED, RESET] = [1, 2, 3];

const shared = new SharedArrayBuffer(4);
const flag = new Int32Array(shared);

/** Sends an answer and resets the connection at a moment at which the client does not read. */
const SERVER = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const flag = new Int32Array(workerData.shared);
  const say = (value) => { Atomics.store(flag, 0, value); Atomics.notify(flag, 0); };
  createServer((socket) => socket.once('data', (request) => {
    say(${REQUESTED});
    Atomics.wait(flag, 0, ${REQUESTED});
    const length = String(request).includes('/length') ? 'Content-Length: 10\\r\\n' : '';
    socket.write('HTTP/1.1 200 OK\\r\\n' + length + '\\r\\nfine', () => {
      socket.resetAndDestroy();
      say(${RESET});
    });
  })).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

let worker: Worker;
let port: number;

beforeAll(async () => {
  worker = new Worker(SERVER, { eval: true, workerData: { shared } });
  [port] = (await once(worker, 'message')) as [number];
});
afterAll(() => worker.terminate());

it.each([
  ['before a body with a length is complete', 'length'],
  ['in a body without a length', 'no-length'],
])('a reset that is read together with the last data is no proper end, %s', async (_when, path) => {
  Atomics.store(flag, 0, 0);
  const [fresh] = streamsTo(`http://127.0.0.1:${port}/${path}`);
  const settled = send(fresh);
  while (Atomics.load(flag, 0) !== REQUESTED) {
    await nextTurn();
  }
  Atomics.store(flag, 0, BLOCKED);
  Atomics.notify(flag, 0);
  Atomics.wait(flag, 0, BLOCKED);
  expect((await settled).outcome).toEqual({ ok: false, kind: 'reset', detail: 'mid-response' });
});
