import type { IncomingHttpHeaders } from 'node:http';
import { classify, failure, type Outcome, type Phase } from './outcome.js';
import type { Settings } from './options.js';
import { findVersion } from './versions.js';

/** What became of one request. */
export interface Settled {
  readonly outcome: Outcome;
  /** Whether the request used a connection that an earlier one had opened. */
  readonly reused: boolean;
}

/** One request, from its moment until it is settled: exactly once, whatever happens. */
export class Attempt {
  private phase: Phase = 'while connecting';
  private open = true;
  private timer: NodeJS.Timeout;
  private readonly body: Buffer[] = [];

  /**
   * @param done called with what became of it
   * @param giveUp called when it took too long: nobody waits for the answer any more
   */
  constructor(
    private readonly settings: Settings,
    private readonly done: (outcome: Outcome) => void,
    private readonly giveUp: () => void,
  ) {
    this.timer = this.expire('connect-timeout', settings.connectTimeoutMs);
  }

  /** Whether it is not known yet what became of it. */
  get isOpen(): boolean {
    return this.open;
  }

  /** The connection can be used. */
  connected(): void {
    if (!this.open) return;
    this.phase = 'before the response';
    clearTimeout(this.timer);
    this.timer = this.expire('response-timeout', this.settings.timeoutMs);
  }

  /** The response has begun. */
  responding(): void {
    this.phase = 'mid-response';
  }

  /** A part of the response's body came. */
  receive(chunk: Buffer): void {
    const { expectBody, versionFrom } = this.settings;
    const needed = expectBody !== undefined || (versionFrom !== undefined && versionFrom.from !== 'header');
    if (needed) this.body.push(chunk);
  }

  /** The response is complete. */
  complete(status: number, headers: IncomingHttpHeaders): void {
    this.settle(judgeResponse(this.settings, status, headers, Buffer.concat(this.body).toString()));
  }

  /** The HTTP client reports an error. */
  fail(error: NodeJS.ErrnoException): void {
    this.settle(classify(error, this.phase));
  }

  /** Nothing more will come. */
  closed(): void {
    this.settle(failure('closed', this.phase));
  }

  /** Books what became of it, unless that is known already. */
  settle(outcome: Outcome): void {
    if (!this.open) return;
    this.open = false;
    clearTimeout(this.timer);
    this.done(outcome);
  }

  private expire(kind: 'connect-timeout' | 'response-timeout', ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.settle(failure(kind, this.phase));
      this.giveUp();
    }, ms);
  }
}

function judgeResponse(
  { versionFrom, expectBody }: Settings,
  status: number,
  headers: IncomingHttpHeaders,
  body: string,
): Outcome {
  const version = versionFrom && findVersion(versionFrom, headers, body);
  if (status < 200 || status > 299) return failure('status', String(status), version);
  if (expectBody && body.search(expectBody) === -1) return failure('wrong-body', String(status), version);
  return { ok: true, version };
}
