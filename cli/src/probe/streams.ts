import * as http from 'node:http';
import * as https from 'node:https';
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AttemptPlan } from './attempt.js';
import type { Settings } from './options.js';
import { Schedule } from './schedule.js';
import { hostOf, type Target } from './target.js';

/** - `new`: a connection for every request; `keep-alive`: persistent ones; `slow`: long requests on new ones. */
export type StreamName = 'new' | 'keep-alive' | 'slow';

/** A series of requests with a schedule of its own. */
export interface Stream {
  readonly name: StreamName;
  readonly schedule: Schedule;
  /** How its request number `index` is made. */
  plan(index: number): AttemptPlan;
  /** Closes the connections that it keeps. */
  close(): void;
}

/** The streams that are turned on. */
export function buildStreams(settings: Settings, target: Target): Stream[] {
  const { rate, connections, keepAliveIntervalMs, slowRate, slowUrl, url } = settings;
  const streams: Stream[] = [];
  if (rate > 0) {
    streams.push(newConnections('new', new Schedule(rate, 1000), url, settings, target));
  }
  if (connections > 0) {
    streams.push(
      keptConnections('keep-alive', new Schedule(connections, keepAliveIntervalMs), settings, target),
    );
  }
  if (slowRate > 0 && slowUrl) {
    streams.push(newConnections('slow', new Schedule(slowRate, 1000), slowUrl, settings, target));
  }
  return streams;
}

/** Every request on a connection of its own, which no pool knows. */
function newConnections(
  name: StreamName,
  schedule: Schedule,
  url: URL,
  settings: Settings,
  target: Target,
): Stream {
  const plans = sources(settings).map((localAddress): AttemptPlan => {
    const base = basePlan(url, settings);
    const options = { ...socketOptions(url, settings, target), localAddress };
    const createConnection = () => (isSecure(url) ? connectTls(options) : connectTcp(options));
    const headers = { ...base.options.headers, connection: 'close' };
    return { ...base, options: { ...base.options, headers, createConnection } };
  });
  return { name, schedule, plan: (index) => plans[index % plans.length], close: () => undefined };
}

/**
 * Requests in turn on persistent connections. When a connection is still waiting for its last answer, the request
 * goes out at its time on an extra one, as it would from any client that keeps a pool.
 */
function keptConnections(name: StreamName, schedule: Schedule, settings: Settings, target: Target): Stream {
  const { Agent } = isSecure(settings.url) ? https : http;
  const addresses = sources(settings);
  const lanes = Array.from({ length: settings.connections }, (_, lane) => {
    const agent = new Agent({ keepAlive: true, maxFreeSockets: 1 });
    const base = basePlan(settings.url, settings);
    const options = {
      ...base.options,
      ...socketOptions(settings.url, settings, target),
      localAddress: addresses[lane % addresses.length],
      agent,
    };
    return { agent, plan: { ...base, options } };
  });
  return {
    name,
    schedule,
    plan: (index) => lanes[index % lanes.length].plan,
    close: () => lanes.forEach(({ agent }) => agent.destroy()),
  };
}

function basePlan(url: URL, settings: Settings): AttemptPlan {
  const length = settings.body === undefined ? {} : { 'content-length': Buffer.byteLength(settings.body) };
  return {
    open: isSecure(url) ? https.request : http.request,
    options: {
      protocol: url.protocol,
      method: settings.method,
      path: url.pathname + url.search,
      headers: { host: url.host, ...length, ...settings.headers },
    },
    connectedEvent: isSecure(url) ? 'secureConnect' : 'connect',
    settings,
  };
}

function socketOptions(url: URL, settings: Settings, target: Target) {
  const servername = isIP(hostOf(url)) ? '' : hostOf(url);
  const tls = { servername, rejectUnauthorized: !settings.insecure };
  return { host: target.address, port: target.port, ...(isSecure(url) ? tls : {}) };
}

function isSecure(url: URL): boolean {
  return url.protocol === 'https:';
}

function sources({ localAddresses }: Settings): (string | undefined)[] {
  return localAddresses.length > 0 ? [...localAddresses] : [undefined];
}
