import { stderr } from 'node:process';

/**
 * Shows on standard error how far a run is: one line that is rewritten on a terminal, plain lines elsewhere.
 */
export class Progress {
  public show(done: number, total: number, next: string): void {
    const line = `${String(done + 1).padStart(String(total).length)}/${total}  ${next}`;
    stderr.write(stderr.isTTY ? `\r\x1b[K${line.slice(0, stderr.columns - 1)}` : `${line}\n`);
  }

  /** Clears the live line. */
  public end(): void {
    if (stderr.isTTY) {
      stderr.write('\r\x1b[K');
    }
  }
}
