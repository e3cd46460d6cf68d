/** How long work may hold up everything else at one turn of the event loop. */
const MAX_MS_PER_TURN = 20;

/**
 * Does work at once, or at a later turn of the event loop when this one has been busy for long enough, so that requests and
 * signals are on time.
 */
export class PacedWork {
  private readonly waiting: (() => void)[] = [];
  private spentMs = 0;
  private timer: NodeJS.Timeout | undefined;

  /** How many pieces of work are not done yet. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  /** Does a piece of work, in the order of the calls. */
  do(work: () => void): void {
    this.waiting.push(work);
    if (this.waiting.length === 1) {
      this.proceed();
    }
  }

  private proceed(): void {
    while (this.waiting.length > 0 && this.spentMs < MAX_MS_PER_TURN) {
      const start = performance.now();
      this.waiting[0]();
      this.waiting.shift();
      this.spentMs += performance.now() - start;
    }
    // Work that is no longer wanted does not keep the process alive.
    this.timer ??= setTimeout(() => this.turn(), 0).unref();
  }

  private turn(): void {
    this.timer = undefined;
    this.spentMs = 0;
    if (this.waiting.length > 0) {
      this.proceed();
    }
  }
}
