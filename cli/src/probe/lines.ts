/** The rest of a longer line is dropped. No line that is looked for is longer. */
const MAX_LENGTH = 1000;

/** Splits text that comes in pieces into lines, and never keeps more than one of them. */
export class Lines {
  private line = '';

  constructor(private readonly onLine: (line: string) => void) {}

  /** Takes the next piece. */
  take(text: string): void {
    const [first, ...more] = text.split('\n');
    this.add(first);
    for (const part of more) {
      this.pass();
      this.add(part);
    }
  }

  /** Ends the text: what is left is its last line. */
  end(): void {
    if (this.line !== '') {
      this.pass();
    }
  }

  private pass(): void {
    const line = this.line.replace(/\r$/, '');
    this.line = '';
    this.onLine(line);
  }

  private add(part: string): void {
    this.line += part.slice(0, MAX_LENGTH - this.line.length);
  }
}
