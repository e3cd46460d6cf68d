/** Shows progress on stderr: a line that is updated on a terminal, elsewhere a line for each step. */
export class Progress {
  private readonly running = new Map<string, number>();
  private timer?: NodeJS.Timeout;

  constructor(private readonly out: NodeJS.WriteStream = process.stderr) {}

  /** Runs `work` as a named step and tells how long it took. Steps may overlap. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = Date.now();
    this.running.set(name, start);
    this.begin(name);
    try {
      const result = await work();
      this.end(name, `✓ ${name} ${seconds(start)}`);
      return result;
    } catch (error) {
      this.end(name, `✗ ${name} ${seconds(start)}`);
      throw error;
    }
  }

  /** Prints a line of its own. */
  say(line: string): void {
    this.clear();
    this.out.write(`${line}\n`);
  }

  private begin(name: string): void {
    if (!this.out.isTTY) {
      this.out.write(`… ${name}\n`);
    } else {
      this.timer ??= setInterval(() => this.draw(), 200).unref();
    }
  }

  private end(name: string, line: string): void {
    this.running.delete(name);
    this.say(line);
    if (this.running.size > 0) {
      return;
    }
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private draw(): void {
    const steps = [...this.running].map(([name, start]) => `${name} ${seconds(start)}`).join(', ');
    this.clear();
    this.out.write(`… ${steps}`.slice(0, (this.out.columns || 80) - 1));
  }

  private clear(): void {
    if (this.out.isTTY) {
      this.out.write('\r\x1b[K');
    }
  }
}

function seconds(start: number): string {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}
