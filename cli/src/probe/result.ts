import type { FailureKind } from './outcome.js';
import type { Percentiles } from './histogram.js';
import type { StreamName } from './streams.js';
import type { FailureWindow, Step } from './timeline.js';
import type { VersionSeen } from './versions.js';

/** The version of {@link ProbeResult}. It grows when a field is removed or changes its meaning. */
export const SCHEMA_VERSION = 2;

/**
 * - `none-failed`: every request got a right answer
 * - `some-failed`: at least one did not
 * - `not-measured`: the measurement cannot be relied on; `reasons` says why
 */
export type Verdict = 'none-failed' | 'some-failed' | 'not-measured';

/** What was measured. Every moment is in milliseconds from `startedAt`, every duration in milliseconds. */
export interface ProbeResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly verdict: Verdict;
  /** Why there is no verdict; empty otherwise. */
  readonly reasons: readonly string[];
  /** The URL without user, password and fragment; its query, if it has one, is `***`. */
  readonly url: string;
  readonly method: string;
  /** Whether the requests were sent over HTTP/2, otherwise over HTTP/1.1. */
  readonly http2: boolean;
  /** The address that the requests went to. */
  readonly address: string;
  /** How many addresses the requests came from; 0 when the system chose. */
  readonly localAddresses: number;
  readonly startedAt: string;
  /** How long requests were sent. */
  readonly durationMs: number;
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  /** Requests that were still in flight when the bounded wait for answers ended. */
  readonly unanswered: number;
  /** Requests that were not sent because their moment had long passed, or because too many were in flight. */
  readonly skipped: number;
  readonly streams: readonly StreamResult[];
  readonly versions: readonly VersionSeen[];
  readonly windows: readonly FailureWindow[];
  /** How late requests were sent. */
  readonly slipMs: Percentiles;
  readonly marks: readonly Mark[];
  /** The first failures, at most {@link SAMPLE_SIZE}. */
  readonly failures: readonly FailureSample[];
  readonly timeline: readonly Step[];
  /** The command that ran meanwhile, if there was one. */
  readonly change?: ChangeResult;
}

/** The result of one stream. */
export interface StreamResult {
  readonly name: StreamName;
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly unanswered: number;
  /** Connections that were opened, or tried to be. */
  readonly connections: number;
  /** Failures by kind and detail: `{ "status": { "503": 4 } }`. */
  readonly failures: Partial<Record<FailureKind, Record<string, number>>>;
  /** From the moment at which a request was to be sent to its complete, right answer. */
  readonly latencyMs: Percentiles;
}

/** How many failures are kept one by one. */
export const SAMPLE_SIZE = 1000;

/** One failed request. */
export interface FailureSample {
  /** When it was to be sent. */
  readonly atMs: number;
  /** How long after that it failed. */
  readonly afterMs: number;
  readonly stream: StreamName;
  readonly kind: FailureKind;
  readonly detail: string;
  /** Whether it used a connection that an earlier request had opened. */
  readonly reused: boolean;
}

/** A moment on the timeline. */
export interface Mark {
  readonly atMs: number;
  readonly label: string;
}

/** A command that was run under load. */
export interface ChangeResult {
  /** The program's name without its folder. */
  readonly program: string;
  /** How many arguments it got. The arguments themselves are left out, because they may be secret. */
  readonly arguments: number;
  /** Its process, if it could be started. */
  readonly pid?: number;
  readonly startedMs?: number;
  /** When it ended; missing when it was still running when the probe ended. */
  readonly endedMs?: number;
  /** The exit status; null when a signal ended the command or it could not be started. */
  readonly exitCode?: number | null;
  /** The rollouts that were waited for, such as `deployment/myapp`. */
  readonly rollouts: readonly string[];
  /** When the change was over, the quiet time at the end included. */
  readonly settledMs?: number;
}

/** How many requests failed by kind, in all streams together. */
export function failuresByKind(streams: readonly StreamResult[]): Partial<Record<FailureKind, number>> {
  const totals: Partial<Record<FailureKind, number>> = {};
  for (const { failures } of streams) {
    for (const [kind, details] of Object.entries(failures) as [FailureKind, Record<string, number>][]) {
      totals[kind] = (totals[kind] ?? 0) + sum(Object.values(details));
    }
  }
  return totals;
}

/** The sum of numbers. */
export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) {
    total += number;
  }
  return total;
}
