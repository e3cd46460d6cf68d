import type { IncomingHttpHeaders } from 'node:http';
import type { Body } from './body.js';
import type { Judge } from './judge.js';
import { classify, failure, type Outcome, type Phase } from './outcome.js';
import type { Settings } from './options.js';

/** What became of one request. */
export interface Settled {
  readonly outcome: Outcome;
  /** Whether the request used a connection that an earlier one had opened. */
  readonly reused: boolean;
}

/** One request, from the time when it is sent until it is settled, which happens exactly once. */
export class Attempt {
  private phase: Phase = 'while connecting';
  private open = true;
  private timer: NodeJS.Timeout;
  private readonly body: Body | undefined;

  /**
   * @param done called with what became of it
   * @param giveUp called when it took too long, so that the answer is no longer wanted
   */
  constructor(
    private readonly settings: Settings,
    private readonly judge: Judge,
    private readonly done: (outcome: Outcome) => void,
    private readonly giveUp: () => void,
  ) {
    this.body = judge.newBody();
    this.timer = this.expire('connect-timeout', settings.connectTimeoutMs);
  }

  /** Whether it is not known yet what became of it. */
  get isOpen(): boolean {
    return this.open;
  }

  /** The connection can be used. */
  connected(): void {
    if (!this.open) {
      return;
    }
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
    if (this.open) {
      this.body?.append(chunk);
    }
  }

  /** The response is complete. */
  complete(status: number, headers: IncomingHttpHeaders): void {
    if (!this.close()) {
      return;
    }
    this.judge.judge({ status, headers, body: this.body }, (outcome) => this.book(outcome));
  }

  /** The HTTP client reports an error. */
  fail(error: NodeJS.ErrnoException): void {
    this.settle(classify(error, this.phase));
  }

  /** The connection was reset. */
  reset(): void {
    this.settle(failure('reset', this.phase));
  }

  /** Nothing more will come. */
  closed(): void {
    this.settle(failure('closed', this.phase));
  }

  /** Books what became of it, unless that is known already. */
  settle(outcome: Outcome): void {
    if (this.close()) {
      this.book(outcome);
    }
  }

  /** Ends the attempt. Returns whether it was still open. */
  private close(): boolean {
    const wasOpen = this.open;
    this.open = false;
    clearTimeout(this.timer);
    return wasOpen;
  }

  private book(outcome: Outcome): void {
    this.body?.release();
    this.done(outcome);
  }

  private expire(kind: 'connect-timeout' | 'response-timeout', ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.settle(failure(kind, this.phase));
      this.giveUp();
    }, ms);
  }
}
