/**
 * The moments at which one stream sends: `count` requests in every `everyMs` milliseconds, evenly spread, the first
 * at 0. They depend on nothing but the start, so a slow answer never delays the next request.
 */
export class Schedule {
  #next = 0;

  constructor(
    private readonly count: number,
    private readonly everyMs: number,
  ) {}

  /** The number of the next request, which is the number of those taken so far. */
  get next(): number {
    return this.#next;
  }

  /** When the next request is to be sent, in milliseconds from the start. */
  get nextMs(): number {
    return this.momentOf(this.#next);
  }

  /** Takes the next request and returns its number and its moment. */
  take(): { index: number; intendedMs: number } {
    const taken = { index: this.#next, intendedMs: this.nextMs };
    this.#next++;
    return taken;
  }

  /** How many requests there are before `endMs`. */
  countBefore(endMs: number): number {
    let count = Math.floor((endMs * this.count) / this.everyMs);
    while (this.momentOf(count) < endMs) {
      count++;
    }
    while (count > 0 && this.momentOf(count - 1) >= endMs) {
      count--;
    }
    return count;
  }

  private momentOf(index: number): number {
    return (index * this.everyMs) / this.count;
  }
}
