import { createWriteStream } from 'node:fs';

/** Where progress is written: a terminal, a file or a pipe. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Characters that wait to be written. */
  readonly writableLength: number;
  /** Calls `done` when the text is written, or never will be. */
  write(text: string, done?: () => void): unknown;
}

/**
 * Standard error, without blocking this process: text waits while the terminal is stopped, as after Ctrl-S, and is dropped if
 * it is gone.
 */
export function openScreen(): Screen {
  const { stderr } = process;
  if (!stderr.isTTY) {
    return stderr.on('error', () => undefined);
  }
  // Node writes to a terminal synchronously, but to a file in a thread.
  const stream = createWriteStream('', { fd: stderr.fd, autoClose: false }).on('error', () => undefined);
  return Object.defineProperties(stream, {
    isTTY: { value: true },
    columns: { get: () => stderr.columns },
  }) as Screen & typeof stream;
}
