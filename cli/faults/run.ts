import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Readable } from 'node:stream';
import { mostSeconds, pollMs, until } from './polling';
import { computedBeforeSleep, killAll, descendantsOf, lineOf, peakMegabytes } from './processes';

/** How a run ended. */
export interface Ended {
  readonly status: number | null;
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** How many bytes came on standard output and standard error together. */
  readonly bytes: number;
  /** The most memory that the command had, in MB. */
  readonly megabytes: number;
  /** Whether it went on so long that the test ended it. */
  readonly hung: boolean;
}

/** How often in a row a process must be seen asleep to count as one that waits. */
const asleepPolls = 10;

/** A run of the command, or of a script that runs it. */
export class Run {
  readonly ended: Promise<Ended>;
  private readonly stdout: Output;
  private readonly stderr: Output;
  private megabytes = 0;
  private found: number | undefined;
  private over = false;

  /**
   * @param marked the marker of everything that it starts
   * @param line how the line of the command's process begins
   */
  constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    marked: string,
    private readonly line: string,
  ) {
    this.stdout = new Output(child.stdout);
    this.stderr = new Output(child.stderr);
    // It may end before it has read everything.
    child.stdin.on('error', () => undefined);
    const measuring = setInterval(() => this.measure(), pollMs);
    let hung = false;
    const killer = setTimeout(() => {
      hung = true;
      killAll(marked);
    }, mostSeconds * 1000);
    this.ended = new Promise((resolve) => {
      child.on('close', (status, signal) => {
        this.over = true;
        clearInterval(measuring);
        clearTimeout(killer);
        resolve({
          status,
          signal,
          stdout: this.stdout.text,
          stderr: this.stderr.text,
          bytes: this.stdout.bytes + this.stderr.bytes,
          megabytes: this.megabytes,
          hung,
        });
      });
    });
  }

  /** What is written here is on the script's standard input. */
  get stdin(): ChildProcessWithoutNullStreams['stdin'] {
    return this.child.stdin;
  }

  /**
   * Waits until a text is on standard output or standard error.
   * @throws Error when it ends without it
   */
  says(text: string): Promise<void> {
    return until(`"${text}"`, () => {
      if (this.stdout.text.includes(text) || this.stderr.text.includes(text)) {
        return true;
      }
      if (this.over) {
        throw new Error(`it ended without "${text}": ${this.stderr.text}`);
      }
      return false;
    });
  }

  /** Waits until the command itself waits for something, or has ended. */
  async sleeps(): Promise<void> {
    let [polls, before] = [0, ''];
    await until('the command to wait', () => {
      const now = this.pid === undefined ? undefined : computedBeforeSleep(this.pid);
      polls = now !== undefined && now === before ? polls + 1 : 0;
      before = now ?? '';
      return polls === asleepPolls || this.isGone;
    });
  }

  /** Whether the command itself has ended. */
  private get isGone(): boolean {
    return this.over || (this.pid !== undefined && lineOf(this.pid) === '');
  }

  /** Sends a signal to the command itself. */
  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid!, signal);
  }

  /** Sends a signal to what runs the command. */
  killScript(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Whether the script has ended, though others may hold its output. */
  get isOver(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** The process of the command, once it has started. */
  get pid(): number | undefined {
    this.found ??= descendantsOf(this.child.pid!).find((pid) => lineOf(pid).startsWith(this.line));
    return this.found;
  }

  /** The kernel keeps the peak, so only what comes in the last moments of the process is missed. */
  private measure(): void {
    if (this.pid !== undefined) {
      this.megabytes = Math.max(this.megabytes, peakMegabytes(this.pid));
    }
  }
}

/** Of what a run writes, so many characters are kept of the beginning, and of the end. */
const keptCharacters = 200_000;

/** What came on a stream. */
class Output {
  bytes = 0;
  private start = '';
  private end = '';

  constructor(stream: Readable) {
    stream.on('data', (data: Buffer) => {
      this.bytes += data.length;
      if (this.start.length < keptCharacters) {
        this.start += data.toString();
      } else {
        this.end = (this.end + data.toString()).slice(-keptCharacters);
      }
    });
  }

  get text(): string {
    return this.start + this.end;
  }
}
