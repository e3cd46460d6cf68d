import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import type { Settled } from './attempt.js';
import type { Settings } from './options.js';
import { hostOf, type Target } from './target.js';

/** Sends request number `index` of a stream and calls `done` exactly once. Nothing is ever sent a second time. */
export type Send = (index: number, done: (settled: Settled) => void) => void;

/** The connections of one version of HTTP. */
export interface Connections {
  /** Sends every request on a connection of its own, outside of any pool. */
  fresh(url: URL): Send;
  /** Sends requests on the persistent connections in turn. */
  kept(url: URL): Send;
  /** Closes the connections that are kept. */
  close(): void;
}

/** The TLS context. All connections share it, since each of its own would take 18 KB of memory. */
const SECURE_CONTEXT = createSecureContext();

/** The options of a socket to the target. */
export function socketOptions(url: URL, settings: Settings, target: Target) {
  const servername = isIP(hostOf(url)) ? '' : hostOf(url);
  const tls = { servername, rejectUnauthorized: !settings.insecure, secureContext: SECURE_CONTEXT };
  return { host: target.address, port: target.port, ...(isSecure(url) ? tls : {}) };
}

/** Opens a socket to the target. */
export function openSocket(
  url: URL,
  options: ReturnType<typeof socketOptions> & { localAddress?: string; ALPNProtocols?: string[] },
): Socket {
  return isSecure(url) ? connectTls(options) : connectTcp(options);
}

export function isSecure(url: URL): boolean {
  return url.protocol === 'https:';
}

/** The addresses to send from; `undefined` is the system's choice. */
export function sources({ localAddresses }: Settings): (string | undefined)[] {
  return localAddresses.length > 0 ? [...localAddresses] : [undefined];
}
