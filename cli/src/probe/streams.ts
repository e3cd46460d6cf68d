import type { Send } from './connections.js';
import { Http1Connections } from './http1.js';
import { Http2Connections } from './http2.js';
import type { Judge } from './judge.js';
import type { Settings } from './options.js';
import { Schedule } from './schedule.js';
import type { Target } from './target.js';

/** - `new`: a connection for every request; `keep-alive`: persistent ones; `slow`: long requests. */
export type StreamName = 'new' | 'keep-alive' | 'slow';

/** A series of requests with a schedule of its own. */
export interface Stream {
  readonly name: StreamName;
  readonly schedule: Schedule;
  readonly send: Send;
  /** Closes the connections that it keeps. */
  close(): void;
}

/** The streams that are turned on. */
export function buildStreams(settings: Settings, target: Target, judge: Judge): Stream[] {
  const { rate, keepAliveIntervalMs, slowRate, slowUrl, url, http2 } = settings;
  const connections = new (http2 ? Http2Connections : Http1Connections)(settings, target, judge);
  const close = () => undefined;
  const streams: Stream[] = [];
  if (rate > 0) {
    streams.push({ name: 'new', schedule: new Schedule(rate, 1000), send: connections.fresh(url), close });
  }
  if (settings.connections > 0) {
    streams.push({
      name: 'keep-alive',
      schedule: new Schedule(settings.connections, keepAliveIntervalMs),
      send: connections.kept(url),
      close: () => connections.close(),
    });
  }
  if (slowRate > 0 && slowUrl) {
    // HTTP/2 takes them on the kept connections, beside all others, as its clients do.
    const send = http2 && settings.connections > 0 ? connections.kept(slowUrl) : connections.fresh(slowUrl);
    streams.push({ name: 'slow', schedule: new Schedule(slowRate, 1000), send, close });
  }
  return streams;
}
