import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isIP } from 'node:net';
import { inOption, UsageError } from '../shared/errors.js';
import { Pattern } from './pattern.js';
import { authorizationOf, readUrl, shownUrl, withoutUser } from './url.js';
import { versionFinder, type VersionFinder, type VersionSource } from './versions.js';

/** What to probe and how. Only `url` is required. */
export interface ProbeOptions {
  /** The http or https URL that every request asks for. Its user and password are sent as basic authorization. */
  readonly url: string;
  /**
   * Requests a second on new connections, each on its own; 0 turns the stream off.
   * @default 50
   */
  readonly rate?: number;
  /**
   * Persistent connections, each of which sends on its own schedule; 0 turns the stream off.
   * @default 10
   */
  readonly connections?: number;
  /**
   * Milliseconds between two requests of one persistent connection.
   * @default 50
   */
  readonly keepAliveIntervalMs?: number;
  /**
   * Requests a second for `slowPath`, each on its own connection.
   * @default 0
   */
  readonly slowRate?: number;
  /**
   * A path that takes long to answer, so that requests are always in flight.
   * @default - none; required by `slowRate`
   */
  readonly slowPath?: string;
  /**
   * Milliseconds after which the sending ends, if nothing ended it before.
   * @default 30000
   */
  readonly durationMs?: number;
  /** @default GET */
  readonly method?: 'GET' | 'POST';
  /**
   * The body of every request.
   * @default - none
   */
  readonly body?: string;
  /**
   * Headers of every request.
   * @default - none but those that HTTP requires
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * What the body of every response must match: a regular expression in RE2 syntax. The first MiB of a body is looked at;
   * where it is longer, the match must end before that.
   * @default - every body is right
   */
  readonly expectBody?: string;
  /**
   * Where responses name their version. The first MiB of a body is looked at.
   * @default - versions are not distinguished
   */
  readonly versionFrom?: VersionSource;
  /**
   * Milliseconds that a connection, TLS included, may take.
   * @default 5000
   */
  readonly connectTimeoutMs?: number;
  /**
   * Milliseconds from the connection to the end of the response.
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * How many milliseconds late the 99th percentile of the requests may be sent.
   * @default 250
   */
  readonly maxSlipMs?: number;
  /**
   * The addresses to send from, in turn.
   * @default - the system chooses
   */
  readonly localAddresses?: readonly string[];
  /**
   * Accept every TLS certificate.
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Send everything over HTTP/2: to http URLs with prior knowledge, to https URLs as the TLS handshake agrees.
   * @default false, HTTP/1.1
   */
  readonly http2?: boolean;
}

/** Options with every default filled in and every value checked. */
export interface Settings extends Required<
  Omit<ProbeOptions, 'url' | 'slowPath' | 'body' | 'expectBody' | 'versionFrom'>
> {
  /** Without user and password. */
  readonly url: URL;
  readonly slowUrl?: URL;
  readonly body?: string;
  readonly expectBody?: Pattern;
  readonly versionFrom?: VersionFinder;
}

/** What a number may be. */
export interface Limits {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** The bounds of every number: the load always has an end. Times are in milliseconds. */
export const LIMITS = {
  rate: { default: 50, min: 0, max: 10_000 },
  connections: { default: 10, min: 0, max: 1_000 },
  keepAliveIntervalMs: { default: 50, min: 1, max: 60_000 },
  slowRate: { default: 0, min: 0, max: 1_000 },
  durationMs: { default: 30_000, min: 100, max: 3_600_000 },
  connectTimeoutMs: { default: 5_000, min: 10, max: 60_000 },
  timeoutMs: { default: 10_000, min: 10, max: 600_000 },
  maxSlipMs: { default: 250, min: 1, max: 5_000 },
} satisfies Record<string, Limits>;

/**
 * The most requests in flight at once: more than the default load has when nothing answers (2,500). Source: measured, one takes 20 KB of
 * memory over HTTP/1.1 without TLS, up to 110 KB over HTTP/2 with TLS.
 */
export const MAX_IN_FLIGHT = 3_000;

/** Headers that HTTP/2 does not have: they are about one connection of HTTP/1.1. */
const HEADERS_NOT_IN_HTTP2: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Fills in the defaults and refuses what cannot be used. */
export function readOptions(options: ProbeOptions): Settings {
  const number = (name: keyof typeof LIMITS) => {
    const value = options[name] ?? LIMITS[name].default;
    const { min, max } = LIMITS[name];
    if (!(value >= min && value <= max)) {
      throw new UsageError(`${name}: got ${value}; write a number from ${min} to ${max}`);
    }
    return value;
  };
  const given = readUrl(options.url);
  const url = withoutUser(given);
  const authorization = authorizationOf(given);
  if (
    authorization &&
    Object.keys(options.headers ?? {}).some((name) => name.toLowerCase() === 'authorization')
  ) {
    throw new UsageError('--header: "authorization" is given, and the URL has a user; leave one of them out');
  }
  const { expectBody, versionFrom } = options;
  const settings: Settings = {
    url,
    rate: number('rate'),
    connections: number('connections'),
    keepAliveIntervalMs: number('keepAliveIntervalMs'),
    slowRate: number('slowRate'),
    slowUrl: options.slowPath === undefined ? undefined : readSlowPath(options.slowPath, url),
    durationMs: number('durationMs'),
    method: options.method ?? 'GET',
    body: options.body,
    headers: { ...options.headers, ...(authorization && { authorization }) },
    expectBody: expectBody === undefined ? undefined : inOption('expect-body', () => new Pattern(expectBody)),
    versionFrom: versionFrom && inOption('version-from', () => versionFinder(versionFrom)),
    connectTimeoutMs: number('connectTimeoutMs'),
    timeoutMs: number('timeoutMs'),
    maxSlipMs: number('maxSlipMs'),
    localAddresses: options.localAddresses ?? [],
    insecure: options.insecure ?? false,
    http2: options.http2 ?? false,
  };
  refuseContradictions(settings);
  return settings;
}

function readSlowPath(text: string, url: URL): URL {
  const slowUrl = URL.canParse(text, url.href) ? new URL(text, url) : undefined;
  if (slowUrl?.origin !== url.origin || slowUrl.username !== '' || slowUrl.password !== '') {
    const got = slowUrl ? `"${shownUrl(slowUrl)}"` : 'something else';
    throw new UsageError(`--slow-path: got ${got}; write a path on ${url.origin}`);
  }
  return slowUrl;
}

function refuseContradictions(settings: Settings): void {
  const { rate, connections, slowRate, slowUrl } = settings;
  if (!Number.isInteger(connections)) {
    throw new UsageError(`--connections: got ${connections}; write a whole number`);
  }
  if (rate + connections + slowRate === 0) {
    throw new UsageError('--rate, --connections and --slow-rate are all 0; turn one stream on');
  }
  if (slowRate > 0 && !slowUrl) {
    throw new UsageError(`--slow-rate: got ${slowRate} without --slow-path; say which path is slow`);
  }
  if (settings.body !== undefined && settings.method === 'GET') {
    throw new UsageError('--body: a GET request has none; add --method POST');
  }
  for (const [name, value] of Object.entries(settings.headers)) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      throw new UsageError(`--header: ${(error as Error).message}`);
    }
    if (settings.http2 && HEADERS_NOT_IN_HTTP2.has(name.toLowerCase())) {
      throw new UsageError(`--header: got "${name}"; HTTP/2 has no such header, leave it out`);
    }
  }
  for (const address of settings.localAddresses) {
    if (!isIP(address)) {
      throw new UsageError(`--local-address: got "${address}"; write an IP address`);
    }
  }
}
