import type { Settled } from './attempt.js';
import { Histogram, type Percentiles } from './histogram.js';
import type { Outcome } from './outcome.js';
import { SAMPLE_SIZE, sum, type FailureSample, type StreamResult } from './result.js';
import type { StreamName } from './streams.js';
import { failedIn, Timeline, type Step } from './timeline.js';
import { VersionTracker, type VersionSeen } from './versions.js';

/** A request that was sent. It is in flight until it is settled. */
export interface Entry {
  readonly stream: StreamName;
  readonly intendedMs: number;
}

/** Counts every request once when it is sent and once when it is settled. */
export class Tally {
  private readonly streams: ReadonlyMap<StreamName, StreamTally>;
  private readonly inFlight = new Set<Entry>();
  private readonly timeline = new Timeline();
  private readonly tracker = new VersionTracker();
  private readonly samples: FailureSample[] = [];
  private readonly slip = new Histogram();
  private earliestFailureMs = Infinity;

  constructor(names: readonly StreamName[]) {
    this.streams = new Map(names.map((name) => [name, new StreamTally(name)]));
  }

  /** Counts a request that is sent now, `slipMs` after its moment. */
  send(stream: StreamName, intendedMs: number, slipMs: number): Entry {
    const entry = { stream, intendedMs };
    this.inFlight.add(entry);
    this.of(stream).sent++;
    this.slip.record(slipMs);
    return entry;
  }

  /** Books what became of a request. */
  settle(entry: Entry, { outcome, reused }: Settled, atMs: number): void {
    if (!this.inFlight.delete(entry)) {
      throw new Error('a request was settled twice');
    }
    const { stream, intendedMs } = entry;
    this.of(stream).settle(outcome, reused, atMs - intendedMs);
    const { version } = outcome;
    const name = version === undefined ? undefined : this.tracker.record(version, outcome.ok, atMs);
    this.timeline.record(stream, intendedMs, outcome, name);
    if (outcome.ok) {
      return;
    }
    this.earliestFailureMs = Math.min(this.earliestFailureMs, intendedMs);
    if (this.samples.length < SAMPLE_SIZE) {
      const { kind, detail } = outcome;
      this.samples.push({ atMs: intendedMs, afterMs: atMs - intendedMs, stream, kind, detail, reused });
    }
  }

  /** How many requests are in flight. */
  get inFlightCount(): number {
    return this.inFlight.size;
  }

  /** Whether every request with a moment before `ms` is settled, given that all of them were sent. */
  isSettledBefore(ms: number): boolean {
    for (const { intendedMs } of this.inFlight) {
      if (intendedMs < ms) {
        return false;
      }
    }
    return true;
  }

  /** Whether a request with a moment before `ms` failed. */
  hasFailedBefore(ms: number): boolean {
    return this.earliestFailureMs < ms;
  }

  /** The result of every stream so far. */
  streamResults(): StreamResult[] {
    return [...this.streams.values()].map((stream) => stream.result());
  }

  /** The versions seen so far. */
  versions(): VersionSeen[] {
    return this.tracker.list();
  }

  /** The timeline so far. */
  steps(): Step[] {
    return this.timeline.steps();
  }

  /** The first failures. */
  failures(): readonly FailureSample[] {
    return this.samples;
  }

  /** How late requests were sent so far. */
  slipMs(): Percentiles {
    return this.slip.percentiles();
  }

  /**
   * Contradictions between the counts of the streams, the requests in flight, the timeline and the histograms, which are kept
   * independently of each other. Empty when they agree.
   */
  contradictions(): string[] {
    const streams = this.streamResults();
    const steps = this.steps();
    const total = (field: 'sent' | 'ok' | 'failed' | 'unanswered') =>
      sum(streams.map((stream) => stream[field]));
    const books: [string, number, number][] = [
      ['unanswered requests and requests in flight', total('unanswered'), this.inFlight.size],
      ['sent requests and recorded slips', total('sent'), this.slip.count],
      ['right answers and those on the timeline', total('ok'), sum(steps.map(({ ok }) => ok))],
      ['failures and those on the timeline', total('failed'), sum(steps.map(failedIn))],
      ...[...this.streams.values()].map((stream): [string, number, number] => [
        `right answers of ${stream.name} and recorded latencies`,
        stream.ok,
        stream.latencies,
      ]),
    ];
    return books
      .filter(([, one, other]) => one !== other)
      .map(([what, one, other]) => `${what} differ: ${one} and ${other}`);
  }

  private of(name: StreamName): StreamTally {
    const stream = this.streams.get(name);
    if (!stream) {
      throw new Error(`no such stream: ${name}`);
    }
    return stream;
  }
}

class StreamTally {
  sent = 0;
  ok = 0;
  private connections = 0;
  private readonly latency = new Histogram();
  private readonly failures: StreamResult['failures'] = {};

  constructor(readonly name: StreamName) {}

  settle(outcome: Outcome, reused: boolean, latencyMs: number): void {
    if (!reused) {
      this.connections++;
    }
    if (outcome.ok) {
      this.ok++;
      this.latency.record(latencyMs);
    } else {
      const details = (this.failures[outcome.kind] ??= {});
      details[outcome.detail] = (details[outcome.detail] ?? 0) + 1;
    }
  }

  get latencies(): number {
    return this.latency.count;
  }

  result(): StreamResult {
    const failed = sum(Object.values(this.failures).flatMap((details) => Object.values(details)));
    return {
      name: this.name,
      sent: this.sent,
      ok: this.ok,
      failed,
      unanswered: this.sent - this.ok - failed,
      connections: this.connections,
      failures: structuredClone(this.failures),
      latencyMs: this.latency.percentiles(),
    };
  }
}
