import { FAILURE_KINDS } from '../../probe/outcome.js';
import type { ProbeRun, Progress } from '../../probe/probe.js';
import { failuresByKind, sum } from '../../probe/result.js';
import { count, seconds } from '../../shared/format.js';
import type { Screen } from './screen.js';

const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 5000;

/** The most characters that wait to be written. Text that comes then is dropped. */
const MAX_WAITING = 1_000_000;

/** Shows the progress of a probe: one line that changes on a terminal, a line every few seconds elsewhere. */
export class ProgressDisplay {
  private readonly timer: NodeJS.Timeout;
  private shown = false;

  constructor(
    private readonly screen: Screen,
    private readonly run: ProbeRun,
  ) {
    this.timer = setInterval(() => this.show(), screen.isTTY ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS);
  }

  /** Writes something else, without breaking the line, and resolves when it is written. */
  write(text: string): Promise<void> {
    this.clear();
    return new Promise((resolve) => {
      if (this.screen.writableLength > MAX_WAITING) {
        resolve();
      } else {
        this.screen.write(text, resolve);
      }
    });
  }

  /** Says something in a line of its own. */
  say(text: string): Promise<void> {
    return this.write(`zero-downtime: ${text}\n`);
  }

  /** Ends the display, and resolves when all is written. */
  stop(): Promise<void> {
    clearInterval(this.timer);
    return this.write('');
  }

  /** Shows the progress, unless earlier text still waits: it would be out of date once it is shown. */
  private show(): void {
    if (this.screen.writableLength > 0) {
      return;
    }
    const line = progressLine(this.run.progress());
    if (!this.screen.isTTY) {
      this.screen.write(`${line}\n`);
    } else {
      this.screen.write(`\r\x1b[2K${line.slice(0, (this.screen.columns ?? 80) - 1)}`);
      this.shown = true;
    }
  }

  private clear(): void {
    if (this.shown) {
      this.screen.write('\r\x1b[2K');
    }
    this.shown = false;
  }
}

/** One line that says how a probe is doing. */
export function progressLine({ elapsedMs, streams, inFlight }: Progress): string {
  const total = (field: 'sent' | 'ok' | 'failed') => sum(streams.map((stream) => stream[field]));
  const kinds = failuresByKind(streams);
  const failed = FAILURE_KINDS.filter((kind) => kinds[kind]).map(
    (kind) => `${count(kinds[kind] ?? 0)} ${kind}`,
  );
  return [
    seconds(elapsedMs).padStart(7),
    `${count(total('sent'))} sent`,
    `${count(total('ok'))} ok`,
    `${count(total('failed'))} failed${failed.length > 0 ? ` (${failed.join(', ')})` : ''}`,
    `${count(inFlight)} in flight`,
  ].join('  ');
}
