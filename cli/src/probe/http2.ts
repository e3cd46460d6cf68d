import {
  connect,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { Attempt } from './attempt.js';
import { isSecure, openSocket, socketOptions, sources, type Connections, type Send } from './connections.js';
import type { Judge } from './judge.js';
import { failure, type Outcome } from './outcome.js';
import { freeAfterRequest } from './native-memory.js';
import type { Settings } from './options.js';
import type { Target } from './target.js';

/**
 * HTTP/2: any number of requests at once on a connection. A connection that got GOAWAY takes no new requests: the next one
 * opens another connection, and those in flight are waited for.
 */
export class Http2Connections implements Connections {
  private readonly lanes: (ClientHttp2Session | undefined)[];
  private readonly open = new Set<ClientHttp2Session>();
  private readonly addresses: (string | undefined)[];

  constructor(
    private readonly settings: Settings,
    private readonly target: Target,
    private readonly judge: Judge,
  ) {
    this.lanes = Array.from({ length: settings.connections }, () => undefined);
    this.addresses = sources(settings);
  }

  fresh(url: URL): Send {
    const headers = this.headers(url);
    return (index, done) => {
      let session: ClientHttp2Session;
      const connection = () => (session = this.connect(index));
      this.send(connection, headers, (outcome) => {
        done({ outcome, reused: false });
        session.close();
      });
    };
  }

  kept(url: URL): Send {
    const headers = this.headers(url);
    return (index, done) => {
      const lane = index % this.lanes.length;
      let reused = false;
      const connection = () => {
        const present = this.lanes[lane];
        reused = present !== undefined && !present.closed && !present.destroyed;
        return (this.lanes[lane] = reused ? present! : this.connect(lane));
      };
      this.send(connection, headers, (outcome) => done({ outcome, reused }));
    };
  }

  close(): void {
    for (const session of this.open) {
      session.destroy();
    }
  }

  private headers(url: URL): OutgoingHttpHeaders {
    const { method, body, headers } = this.settings;
    const { host = url.host, ...others } = headers;
    return {
      ':method': method,
      ':scheme': url.protocol.slice(0, -1),
      ':authority': host,
      ':path': url.pathname + url.search,
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...others,
    };
  }

  private connect(index: number): ClientHttp2Session {
    const { settings, target, addresses } = this;
    const { url } = settings;
    const localAddress = addresses[index % addresses.length];
    const options = { ...socketOptions(url, settings, target), localAddress, ALPNProtocols: ['h2'] };
    const session = connect(url.origin, { createConnection: () => openSocket(url, options) });
    if (isSecure(url)) {
      session.once('connect', () => requireHttp2(session));
    }
    // Each request that waits for the connection adds a listener.
    session.setMaxListeners(0);
    // Its requests get the error too.
    session.on('error', () => undefined);
    this.open.add(session);
    session.on('close', () => this.open.delete(session));
    return session;
  }

  /**
   * If GOAWAY comes while a request still waits in this process to be sent, the request goes out on the next connection. It is
   * not repeated by that: the server has not seen it before.
   */
  private send(
    connection: () => ClientHttp2Session,
    headers: OutgoingHttpHeaders,
    done: (outcome: Outcome) => void,
  ): void {
    let giveUp: () => void;
    const attempt = new Attempt(this.settings, this.judge, done, () => giveUp());
    const start = () => {
      const session = connection();
      const stream = session.request(headers);
      freeAfterRequest(session, stream);
      giveUp = () => {
        // This connection could not be opened in time, so no other request waits for it.
        if (session.connecting) {
          session.destroy();
        }
        stream.close(constants.NGHTTP2_CANCEL);
        session.close();
      };
      let overtaken = false;
      stream.on('frameError', (type: number) => (overtaken = type === HEADERS_FRAME && session.closed));
      receive(stream, attempt);
      stream.on('error', (error: NodeJS.ErrnoException) => overtaken || fail(attempt, stream, error));
      stream.on('close', () => (overtaken && attempt.isOpen ? start() : attempt.closed()));
      if (session.connecting) {
        session.once('connect', () => attempt.connected());
      } else {
        attempt.connected();
      }
      stream.end(this.settings.body);
    };
    start();
  }
}

/** Source: RFC 9113, section 6.2. */
const HEADERS_FRAME = 1;

/** Books the response, if a complete one comes. */
function receive(stream: ClientHttp2Stream, attempt: Attempt): void {
  let response: { status: number; headers: Record<string, string> } | undefined;
  let received = 0;
  stream.on('response', (all) => {
    response = { status: all[':status'] ?? 0, headers: all as Record<string, string> };
    attempt.responding();
  });
  stream.on('data', (chunk: Buffer) => {
    received += chunk.length;
    attempt.receive(chunk);
  });
  stream.on('close', () => {
    const length = Number(response?.headers['content-length'] ?? received);
    const whole = stream.rstCode === constants.NGHTTP2_NO_ERROR && length === received;
    if (response && whole) {
      attempt.complete(response.status, response.headers);
    }
  });
}

function fail(attempt: Attempt, stream: ClientHttp2Stream, error: NodeJS.ErrnoException): void {
  if (error.code === 'ERR_HTTP2_STREAM_ERROR') {
    attempt.settle(failure('reset', nameOf(stream.rstCode)));
  } else {
    attempt.fail(causeOf(error));
  }
}

/** Ends the connection if the server did not choose HTTP/2 in the TLS handshake: it would not understand any request. */
function requireHttp2(session: ClientHttp2Session): void {
  if (session.alpnProtocol === 'h2') {
    return;
  }
  session.destroy(Object.assign(new Error('the server does not speak HTTP/2'), { code: 'NO_HTTP2' }));
}

/** What ended the connection of a request that had not been sent yet. */
function causeOf(error: NodeJS.ErrnoException): NodeJS.ErrnoException {
  return error.code === 'ERR_HTTP2_STREAM_CANCEL' && error.cause instanceof Error ? error.cause : error;
}

/** The name that HTTP/2 gives a code of an error, such as REFUSED_STREAM. A server can send any number. */
function nameOf(code = 0): string {
  return ERROR_NAMES[code] ?? 'unknown error code';
}

/** Source: RFC 9113, section 7; the index is the code. */
const ERROR_NAMES = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT'],
  ...['STREAM_CLOSED', 'FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR'],
  ...['CONNECT_ERROR', 'ENHANCE_YOUR_CALM', 'INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
];
