import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { classify, failure, type Outcome, type Phase } from './outcome.js';
import type { Settings } from './options.js';
import { findVersion } from './versions.js';

/** How one request is made. */
export interface AttemptPlan {
  /** `request` of node:http or node:https. */
  readonly open: (options: RequestOptions, onResponse: (response: IncomingMessage) => void) => ClientRequest;
  readonly options: RequestOptions;
  /** The socket's event that says that it can be used: TLS has to shake hands after `connect`. */
  readonly connectedEvent: 'connect' | 'secureConnect';
  readonly settings: Settings;
}

/** What became of one request. */
export interface Settled {
  readonly outcome: Outcome;
  /** Whether the request used a connection that an earlier one had opened. */
  readonly reused: boolean;
}

/**
 * Sends one request and calls `done` exactly once, whatever happens. Nothing is ever sent a second time: node:http
 * reports a reused connection that turns out dead as an error of the request.
 */
export function attempt(plan: AttemptPlan, done: (settled: Settled) => void): void {
  const { settings } = plan;
  let phase: Phase = 'while connecting';
  let open = true;

  const settle = (outcome: Outcome) => {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    done({ outcome, reused: request.reusedSocket });
  };
  const giveUp = (outcome: Outcome) => {
    settle(outcome);
    request.destroy();
  };
  const connected = () => {
    if (!open) return;
    phase = 'before the response';
    clearTimeout(timer);
    timer = setTimeout(() => giveUp(failure('response-timeout', phase)), settings.timeoutMs);
  };
  let timer = setTimeout(() => giveUp(failure('connect-timeout', phase)), settings.connectTimeoutMs);

  const request = plan.open(plan.options, (response) => {
    phase = 'mid-response';
    const chunks: Buffer[] = [];
    const keepsBody = needsBody(settings);
    response.on('data', (chunk: Buffer) => {
      if (keepsBody) chunks.push(chunk);
    });
    response.on('end', () => settle(judgeResponse(settings, response, Buffer.concat(chunks).toString())));
    response.on('error', (error) => settle(classify(error, phase)));
  });
  request.on('socket', (socket) => {
    if (request.reusedSocket) connected();
    else socket.once(plan.connectedEvent, connected);
  });
  request.on('error', (error) => settle(classify(error, phase)));
  request.on('close', () => settle(failure('closed', phase)));
  request.end(settings.body);
}

function needsBody({ expectBody, versionFrom }: Settings): boolean {
  return expectBody !== undefined || (versionFrom !== undefined && versionFrom.from !== 'header');
}

function judgeResponse(settings: Settings, response: IncomingMessage, body: string): Outcome {
  const { versionFrom, expectBody } = settings;
  const version = versionFrom && findVersion(versionFrom, response.headers, body);
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) return failure('status', String(status), version);
  if (expectBody && body.search(expectBody) === -1) return failure('wrong-body', String(status), version);
  return { ok: true, version };
}
