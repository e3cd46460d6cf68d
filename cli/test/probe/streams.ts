import type { Settled } from '../../src/probe/attempt.js';
import { Judge } from '../../src/probe/judge.js';
import { readOptions, type ProbeOptions } from '../../src/probe/options.js';
import { buildStreams, type Stream } from '../../src/probe/streams.js';

/** Options for a server that answers, or for one that hangs, which has time enough to begin its answer. */
export const patienceWith = (fault: string): Partial<ProbeOptions> =>
  isHanging(fault) ? { timeoutMs: 4000 } : {};

export function isHanging(fault: string): boolean {
  return fault.startsWith('hang');
}

/** Streams that expect the body `fine`. */
export function streamsTo(url: string, options: Partial<ProbeOptions> = {}): Stream[] {
  const settings = readOptions({
    url,
    rate: 1,
    connections: 1,
    expectBody: '^fine$',
    connectTimeoutMs: 60_000,
    timeoutMs: 60_000,
    ...options,
  });
  return buildStreams(
    settings,
    { address: '127.0.0.1', port: Number(settings.url.port) },
    new Judge(settings),
  );
}

/** Sends one request; a second settlement would be seen by the wait for the connection's end. */
export function send(stream: Stream): Promise<Settled> {
  return new Promise((resolve, reject) => {
    let settled = false;
    stream.send(0, (result) => {
      if (settled) {
        reject(new Error('settled twice'));
      }
      settled = true;
      setTimeout(resolve, 10, result);
    });
  });
}
