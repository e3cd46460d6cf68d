/** More of a line than this is left out: no line that means something to us is longer. */
const mostLetters = 1000;

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

  /** Nothing more comes: what is left is a line. */
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
    this.line += part.slice(0, mostLetters - this.line.length);
  }
}
