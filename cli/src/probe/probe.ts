import type { Settled } from './attempt.js';
import { isSecure } from './connections.js';
import { checkHandshake, speaksTls } from './handshake.js';
import { Judge } from './judge.js';
import { MAX_IN_FLIGHT, readOptions, type ProbeOptions, type Settings } from './options.js';
import { SCHEMA_VERSION, sum, type Mark, type ProbeResult, type StreamResult } from './result.js';
import { buildStreams, type Stream } from './streams.js';
import { Tally } from './tally.js';
import { findTarget, type Target } from './target.js';
import { failureWindows } from './timeline.js';
import { shownUrl } from './url.js';
import { findReasons, judge } from './verdict.js';
import type { VersionSeen } from './versions.js';

/**
 * A request that is later than this is not sent: after this process was stopped for a while, the service must not get
 * everything at once.
 */
const TOO_LATE_MS = 5000;

/** What is known while a probe runs. */
export interface Progress {
  readonly elapsedMs: number;
  readonly streams: readonly StreamResult[];
  readonly inFlight: number;
}

/** A probe that is running. */
export interface ProbeRun {
  /** Resolves when the sending is over and every request is settled. It never rejects. */
  readonly result: Promise<ProbeResult>;
  /** Aborted when the sending is over, whatever ended it; its reason says what did. */
  readonly ended: AbortSignal;
  /**
   * Ends the sending, waits for what is in flight and returns the result.
   * @param reason what ended it
   */
  stop(reason?: string): Promise<ProbeResult>;
  /**
   * Does the same without waiting for what is in flight.
   * @param reason what ended it
   */
  abandon(reason?: string): Promise<ProbeResult>;
  /** Marks this moment on the timeline. */
  mark(label: string): void;
  /** Milliseconds since the first request. */
  elapsedMs(): number;
  /** What is known so far. */
  progress(): Progress;
  /** The versions seen so far. */
  versions(): VersionSeen[];
  /** Whether every request with a moment before `ms` is settled. */
  isSettledBefore(ms: number): boolean;
  /** Whether a request with a moment before `ms` failed. */
  hasFailedBefore(ms: number): boolean;
}

/**
 * Starts to send requests and returns at once.
 * @throws UsageError when an option cannot be used
 * @throws CannotMeasureError when nothing accepts a connection at the URL, or its certificate cannot be trusted
 */
export async function startProbe(options: ProbeOptions): Promise<ProbeRun> {
  const settings = readOptions(options);
  const target = await findTarget(settings);
  if (isSecure(settings.url)) {
    await checkHandshake(settings, target);
  }
  return new Run(settings, target);
}

class Run implements ProbeRun {
  readonly result: Promise<ProbeResult>;
  private readonly end = new AbortController();
  readonly ended = this.end.signal;

  private readonly judge: Judge;
  private readonly streams: readonly Stream[];
  private readonly tally: Tally;
  private readonly tooLateMs: number;
  private readonly startedAt = new Date();
  private readonly start = performance.now();
  private readonly marks: Mark[] = [];
  private endMs: number;
  private tooLate = 0;
  private tooMany = 0;
  private endReason = 'its time was over; give it a longer --duration';
  private waitsForAnswers = true;
  private timer: NodeJS.Timeout | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private readonly settings: Settings,
    private readonly target: Target,
  ) {
    this.judge = new Judge(settings);
    this.streams = buildStreams(settings, target, this.judge);
    this.tally = new Tally(this.streams.map(({ name }) => name));
    this.tooLateMs = Math.min(TOO_LATE_MS, settings.connectTimeoutMs, settings.timeoutMs);
    this.endMs = settings.durationMs;
    this.result = this.run();
  }

  stop(reason = 'it was stopped'): Promise<ProbeResult> {
    if (!this.ended.aborted) {
      this.endReason = reason;
      this.endMs = Math.min(this.endMs, this.elapsedMs());
      clearTimeout(this.timer);
      this.wake();
    }
    return this.result;
  }

  abandon(reason?: string): Promise<ProbeResult> {
    this.waitsForAnswers = false;
    if (this.ended.aborted) {
      this.wake();
    }
    return this.stop(reason);
  }

  mark(label: string): void {
    this.marks.push({ atMs: this.elapsedMs(), label });
  }

  elapsedMs(): number {
    return performance.now() - this.start;
  }

  progress(): Progress {
    return {
      elapsedMs: this.elapsedMs(),
      streams: this.tally.streamResults(),
      inFlight: this.tally.inFlightCount,
    };
  }

  versions(): VersionSeen[] {
    return this.tally.versions();
  }

  isSettledBefore(ms: number): boolean {
    return this.streams.every(({ schedule }) => schedule.nextMs >= ms) && this.tally.isSettledBefore(ms);
  }

  hasFailedBefore(ms: number): boolean {
    return this.tally.hasFailedBefore(ms);
  }

  private async run(): Promise<ProbeResult> {
    await this.sendAll();
    this.end.abort(this.endReason);
    await this.awaitAnswers();
    for (const stream of this.streams) {
      stream.close();
    }
    return this.report(await this.findWrongScheme());
  }

  /** Sends what is due and sleeps until the next request is, until the end. */
  private async sendAll(): Promise<void> {
    for (;;) {
      const now = this.elapsedMs();
      for (const stream of this.streams) {
        this.sendDue(stream, Math.min(now, this.endMs));
      }
      if (now >= this.endMs) {
        return;
      }
      const nextMs = Math.min(this.endMs, ...this.streams.map(({ schedule }) => schedule.nextMs));
      await this.sleep(Math.max(0, nextMs - this.elapsedMs()));
    }
  }

  private sendDue({ name, schedule, send }: Stream, nowMs: number): void {
    while (schedule.nextMs <= nowMs && schedule.nextMs < this.endMs) {
      const { index, intendedMs } = schedule.take();
      const slipMs = this.elapsedMs() - intendedMs;
      if (slipMs > this.tooLateMs) {
        this.tooLate++;
        continue;
      }
      if (this.tally.inFlightCount >= MAX_IN_FLIGHT) {
        this.tooMany++;
        continue;
      }
      const entry = this.tally.send(name, intendedMs, slipMs);
      send(index, (settled: Settled) => {
        this.tally.settle(entry, settled, this.elapsedMs());
        if (this.ended.aborted && this.tally.inFlightCount === 0) {
          this.wake();
        }
      });
    }
  }

  /** Every request settles by its own time-outs; the wait is bounded all the same. */
  private async awaitAnswers(): Promise<void> {
    const { connectTimeoutMs, timeoutMs } = this.settings;
    if (this.waitsForAnswers && this.tally.inFlightCount > 0) {
      await this.sleep(connectTimeoutMs + timeoutMs + 1000);
    }
    clearTimeout(this.timer);
  }

  /** Whether no request succeeded because the server speaks TLS, which plain HTTP cannot tell. */
  private async findWrongScheme(): Promise<boolean> {
    const { settings, target, tally } = this;
    const hopeless = tally.streamResults().every(({ ok }) => ok === 0);
    return hopeless && this.waitsForAnswers && !isSecure(settings.url) && speaksTls(settings, target);
  }

  /** Sleeps until the time is over or `wake` is called. */
  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      this.timer = setTimeout(resolve, ms);
    });
  }

  private report(wrongScheme: boolean): ProbeResult {
    const { settings, tally } = this;
    const streams = tally.streamResults();
    const timeline = tally.steps();
    const total = (field: 'sent' | 'ok' | 'failed' | 'unanswered') =>
      sum(streams.map((stream) => stream[field]));
    const counts = {
      sent: total('sent'),
      ok: total('ok'),
      failed: total('failed'),
      unanswered: total('unanswered'),
      skipped: this.tooLate + this.tooMany,
      streams,
      slipMs: tally.slipMs(),
    };
    const reasons = findReasons({
      ...counts,
      tooMany: this.tooMany,
      notJudged: this.judge.waitingCount,
      scheduled: sum(this.streams.map(({ schedule }) => schedule.countBefore(this.endMs))),
      maxSlipMs: settings.maxSlipMs,
      wrongScheme,
      contradictions: [...this.judge.faults, ...tally.contradictions()],
    });
    return {
      schemaVersion: SCHEMA_VERSION,
      verdict: judge(counts.failed, reasons),
      reasons,
      url: shownUrl(settings.url),
      method: settings.method,
      http2: settings.http2,
      address: this.target.address,
      localAddresses: settings.localAddresses.length,
      startedAt: this.startedAt.toISOString(),
      durationMs: this.endMs,
      ...counts,
      versions: tally.versions(),
      windows: failureWindows(timeline),
      marks: [...this.marks],
      failures: tally.failures(),
      timeline,
    };
  }
}
