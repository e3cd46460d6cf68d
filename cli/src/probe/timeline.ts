import type { FailureKind, Outcome } from './outcome.js';
import type { StreamName } from './streams.js';

/** The width of one step of the timeline. */
export const STEP_MS = 100;

/** Failures less than this apart belong to one window. */
export const WINDOW_GAP_MS = 1000;

/** What became of some requests. */
export interface Counts {
  readonly ok: number;
  readonly failed: Partial<Record<FailureKind, number>>;
}

/** What became of the requests whose moment lies in one step. */
export interface Step extends Counts {
  readonly atMs: number;
  /** The same for each stream that had a request in it. */
  readonly streams: Partial<Record<StreamName, Counts>>;
  /** The right answers of each version. */
  readonly versions: Record<string, number>;
}

/** A stretch of time in which requests failed. */
export interface FailureWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly failed: number;
}

interface Cell {
  streams: Partial<Record<StreamName, Tallied>>;
  versions: Record<string, number>;
}

interface Tallied {
  ok: number;
  failed: Partial<Record<FailureKind, number>>;
}

/** What became of the requests, by the moment at which they were to be sent. */
export class Timeline {
  private readonly cells: (Cell | undefined)[] = [];

  /** Records an outcome, and the name under which the version that answered is counted. */
  record(stream: StreamName, intendedMs: number, outcome: Outcome, version: string | undefined): void {
    const cell = (this.cells[Math.floor(intendedMs / STEP_MS)] ??= emptyCell());
    const counts = (cell.streams[stream] ??= { ok: 0, failed: {} });
    if (outcome.ok) {
      counts.ok++;
    } else {
      counts.failed[outcome.kind] = (counts.failed[outcome.kind] ?? 0) + 1;
    }
    if (outcome.ok && version !== undefined) {
      cell.versions[version] = (cell.versions[version] ?? 0) + 1;
    }
  }

  /** Every step from the start to the last request. */
  steps(): Step[] {
    return Array.from(this.cells, (cell = emptyCell(), i) => ({
      atMs: i * STEP_MS,
      ...total(Object.values(cell.streams)),
      ...cell,
    }));
  }
}

/** A version may be called `constructor`: the table of versions inherits nothing. */
function emptyCell(): Cell {
  return { streams: {}, versions: Object.create(null) as Cell['versions'] };
}

/** All of them together. */
export function total(all: readonly Counts[]): Counts {
  const failed: Tallied['failed'] = {};
  for (const [kind, number] of all.flatMap((counts) => Object.entries(counts.failed))) {
    failed[kind as FailureKind] = (failed[kind as FailureKind] ?? 0) + number;
  }
  return { ok: all.reduce((sum, { ok }) => sum + ok, 0), failed };
}

/** How many requests failed. */
export function failedIn({ failed }: Counts): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0);
}

/** The stretches of time in which requests failed, to the precision of one step. */
export function failureWindows(steps: readonly Step[]): FailureWindow[] {
  const windows: FailureWindow[] = [];
  for (const step of steps) {
    const failed = failedIn(step);
    if (failed === 0) {
      continue;
    }
    const toMs = step.atMs + STEP_MS;
    const last = windows.at(-1);
    if (last && step.atMs - last.toMs < WINDOW_GAP_MS) {
      windows[windows.length - 1] = { fromMs: last.fromMs, toMs, failed: last.failed + failed };
    } else {
      windows.push({ fromMs: step.atMs, toMs, failed });
    }
  }
  return windows;
}
